package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.List;
import org.mailsonar.check.Check;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.config.MonitorChecks;
import org.mailsonar.config.Watched;
import org.mailsonar.store.Store;
import org.mailsonar.verdict.CheckTarget;

/** Makes of what a configuration says what the schedule runs. */
final class ScheduledChecks {

    private ScheduledChecks() {}

    /**
     * All of it, in the order of the configuration.
     *
     * @param monitor who runs it, among all monitors
     */
    static List<CheckTarget> of(MonitorChecks checks, String vantage, String monitor, Store store) {
        List<CheckTarget> all = new ArrayList<>(checks.scheduled());
        Watched<HostSettings> host = checks.host();
        if (host != null) {
            all.add(target(host, new HostWatch(host.what(), store.checks())));
        }
        checks.sites().forEach(site -> all.add(target(site, new SiteWatch(site.what(), vantage, monitor, store))));
        return all;
    }

    private static CheckTarget target(Watched<?> watched, Check check) {
        return new CheckTarget(watched.name(), watched.timing(), watched.policy(), check);
    }
}
