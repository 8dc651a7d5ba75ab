package org.mailsonar.report.daily;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The mails that were sent over a site's paths.
 *
 * @param paths by site and path
 * @param machines by site, kind and name
 */
public record SiteDay(List<PathDay> paths, List<MachineDay> machines) {

    public SiteDay {
        paths = List.copyOf(paths);
        machines = List.copyOf(machines);
    }

    /**
     * What became of some mails; those that failed are counted, and only what was done has a time.
     *
     * @param all how many
     * @param slow arrived, and took longer than they should
     * @param failed did not arrive
     * @param untried could not be tried
     * @param submit until the MTA had taken them
     * @param retrieve to log in, to find and to read them
     * @param total from the start until they were read
     */
    public record Runs(
            long all, long slow, long failed, long untried, RoundTrips submit, RoundTrips retrieve, RoundTrips total) {

        /** How many of 100 failed, of those that were tried; empty when there is none. */
        public OptionalDouble failedPercent() {
            return Figures.share(failed, all - untried);
        }

        private List<Trend> since(Runs before) {
            return Trend.of(
                    Trend.ofFailures(failed, all - untried, before.failed, before.all - before.untried),
                    Trend.ofMedians(total, before.total));
        }
    }

    /**
     * A path's day.
     *
     * @param before the seven days before
     */
    public record PathDay(String site, String store, String mta, String proxy, Runs runs, Runs before) {

        /** What has clearly changed since the week before. */
        public List<Trend> trends() {
            return runs.since(before);
        }

        /** With its site's name: {@code site: store1 by mta1 and mmp1}. */
        public String name() {
            return site + ": " + path();
        }

        /** As in a log: {@code store1 by mta1 and mmp1}. */
        public String path() {
            return store + " by " + mta + " and " + proxy;
        }
    }

    /**
     * A machine's day: all mails that went over it.
     *
     * @param kind {@code MTA}, {@code proxy} or {@code store}
     * @param suspected of how many failures it was the first suspect
     * @param before the seven days before
     * @param suspectedBefore of how many of their failures it was the first suspect
     */
    public record MachineDay(
            String site, String kind, String name, Runs runs, long suspected, Runs before, long suspectedBefore) {

        /** With its kind and its site's name: {@code site: MTA mta1}. */
        public String fullName() {
            return site + ": " + kind + " " + name;
        }

        /** What has clearly changed since the week before. */
        public List<Trend> trends() {
            return runs.since(before);
        }
    }
}
