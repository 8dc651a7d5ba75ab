package org.mailsonar.check.host;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a machine looked like at one time.
 *
 * @param host its name
 * @param at when
 * @param values by the measures' names, {@code queue_active} for example, each in its measure's unit
 */
public record HostSample(String host, Instant at, Map<String, Double> values) {

    public HostSample {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
