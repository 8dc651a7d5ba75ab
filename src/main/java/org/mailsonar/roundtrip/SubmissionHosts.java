package org.mailsonar.roundtrip;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.RelaySettings;

/** The hosts that take probes: the monitor's own, and those that targets have for themselves. Thread-safe. */
public final class SubmissionHosts implements AutoCloseable {

    private final Relay own;
    private final Map<RelaySettings, Relay> others = new ConcurrentHashMap<>();

    /** With this host for all targets that name none; closed here. */
    public SubmissionHosts(Relay own) {
        this.own = own;
    }

    /** The host for a target; one that many targets name is opened once. */
    Relay of(Target target) {
        RelaySettings settings = target.route().submission();
        return settings == null ? own : others.computeIfAbsent(settings, RelaySettings::open);
    }

    @Override
    public void close() {
        own.close();
        others.values().forEach(Relay::close);
    }
}
