package org.mailsonar.config;

import java.util.List;
import java.util.Map;
import org.mailsonar.check.Check;
import org.mailsonar.verdict.CheckTarget;

/**
 * What a monitor checks.
 *
 * @param scheduled by a schedule, in the order of the file
 * @param diagnoses when a probe was lost, by the name of its target; nothing for most
 */
public record MonitorChecks(List<CheckTarget> scheduled, Map<String, List<Check>> diagnoses) {

    public MonitorChecks {
        scheduled = List.copyOf(scheduled);
        diagnoses = Map.copyOf(diagnoses);
    }

    /** What is checked when a probe of the target of this name was lost. */
    public List<Check> of(String target) {
        return diagnoses.getOrDefault(target, List.of());
    }
}
