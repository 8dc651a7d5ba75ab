package org.mailsonar.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.check.instance.InstanceSettings;
import org.mailsonar.verdict.CheckTarget;

/**
 * What a monitor checks.
 *
 * @param scheduled servers, by a schedule, in the order of the file
 * @param host this machine; null where it is not looked at
 * @param instances of the mail systems on this machine; null where they are not looked at
 * @param sites of several machines, by the paths that mail takes through them
 * @param diagnoses when a probe was lost, by the name of its target; nothing for most
 */
public record MonitorChecks(
        List<CheckTarget> scheduled,
        @Nullable Watched<HostSettings> host,
        @Nullable Watched<InstanceSettings> instances,
        List<Watched<SiteConfig>> sites,
        Map<String, List<Check>> diagnoses) {

    public MonitorChecks {
        scheduled = List.copyOf(scheduled);
        sites = List.copyOf(sites);
        diagnoses = Map.copyOf(diagnoses);
    }

    /** What is checked when a probe of the target of this name was lost. */
    public List<Check> of(String target) {
        return diagnoses.getOrDefault(target, List.of());
    }
}
