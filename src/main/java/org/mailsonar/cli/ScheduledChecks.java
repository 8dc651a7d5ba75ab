package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.check.instance.InstanceSettings;
import org.mailsonar.config.MonitorChecks;
import org.mailsonar.config.SiteConfig;
import org.mailsonar.config.Watched;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.CheckTarget;

/**
 * Makes of what a configuration says what the schedule runs. Whoever watches a machine or a site remembers what it saw; so where the
 * configuration is read again and says the same of it, the same object goes on. One thread at a time.
 */
final class ScheduledChecks {

    private final String vantage;
    private final String monitor;
    private final Store store;
    private @Nullable HostSettings host;
    private @Nullable Check hostCheck;
    private Map<String, SiteConfig> sites = Map.of();
    private Map<String, Check> siteChecks = Map.of();

    /**
     * Nothing is made yet.
     *
     * @param monitor who runs it, among all monitors
     */
    ScheduledChecks(String vantage, String monitor, Store store) {
        this.vantage = vantage;
        this.monitor = monitor;
        this.store = store;
    }

    /** All of it, in the order of the configuration. */
    List<CheckTarget> of(MonitorChecks checks) {
        List<CheckTarget> all = new ArrayList<>(checks.scheduled());
        Watched<HostSettings> machine = checks.host();
        if (machine != null) {
            all.add(target(machine, host(machine.what()), true));
        }
        Watched<InstanceSettings> instances = checks.instances();
        if (instances != null) {
            all.add(target(instances, new InstanceWatch(instances.what(), TimeSource.system()), true));
        }
        Map<String, SiteConfig> nextSites = new LinkedHashMap<>();
        Map<String, Check> nextChecks = new LinkedHashMap<>();
        for (Watched<SiteConfig> site : checks.sites()) {
            Check check = site(site);
            nextSites.put(site.name(), site.what());
            nextChecks.put(site.name(), check);
            all.add(target(site, check, false));
        }
        sites = nextSites;
        siteChecks = nextChecks;
        return all;
    }

    private Check host(HostSettings settings) {
        Check made = hostCheck != null && settings.equals(host) ? hostCheck : new HostWatch(settings, store.checks());
        host = settings;
        hostCheck = made;
        return made;
    }

    private Check site(Watched<SiteConfig> site) {
        SiteConfig before = sites.get(site.name());
        Check made = siteChecks.get(site.name());
        boolean isSame = before != null
                && before.site().equals(site.what().site())
                && before.sequence().equals(site.what().sequence())
                && before.key().getPublic().equals(site.what().key().getPublic());
        return made != null && isSame ? made : new SiteWatch(site.what(), vantage, monitor, store);
    }

    private static CheckTarget target(Watched<?> watched, Check check, boolean isLocal) {
        return new CheckTarget(watched.name(), watched.timing(), watched.policy(), check, isLocal);
    }
}
