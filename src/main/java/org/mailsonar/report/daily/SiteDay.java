package org.mailsonar.report.daily;

import java.util.List;

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
            long all, long slow, long failed, long untried, RoundTrips submit, RoundTrips retrieve, RoundTrips total) {}

    /** A path's day. */
    public record PathDay(String site, String store, String mta, String proxy, Runs runs) {

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
     */
    public record MachineDay(String site, String kind, String name, Runs runs, long suspected) {}
}
