package org.mailsonar.cli;

import java.util.Optional;
import java.util.function.Function;
import org.mailsonar.check.CheckResult;
import org.mailsonar.config.SiteConfig;
import org.mailsonar.site.Accounts;
import org.mailsonar.site.DirectedChecks;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.PathRunner;
import org.mailsonar.site.Site;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.fault.SiteChecks;

/** Where what runs a site's paths meets. */
final class Sites {

    private Sites() {}

    /**
     * What runs a site's paths and finds the fault.
     *
     * @param queues the newest that is known of an MTA's queue, by its name
     */
    static SiteChecks checks(
            SiteConfig config, PathPlan plan, Function<String, Optional<CheckResult>> queues, TimeSource time) {
        Site site = config.site();
        Accounts accounts = new Accounts();
        DirectedChecks directed = new DirectedChecks(site, queues, accounts, time);
        return new SiteChecks(site, plan, new PathRunner(site, config.key(), accounts, time), directed, time);
    }
}
