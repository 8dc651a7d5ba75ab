package org.mailsonar.report.daily;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a check of a target found over a day, at one vantage.
 *
 * @param name what was looked at
 * @param all how often
 * @param failed how often it did not work
 * @param warned how often it worked and wanted attention
 * @param unknown how often it could not be looked at
 * @param notGood for how long it was failing or wanted attention: from such a result to the next one, an hour at most each
 * @param took how long it took, where it worked
 * @param lastTrouble the reason of the last one that was not good; empty when all were
 * @param before the seven days before
 */
public record CheckDay(
        String target,
        String vantage,
        String name,
        long all,
        long failed,
        long warned,
        long unknown,
        Duration notGood,
        RoundTrips took,
        String lastTrouble,
        Before before) {

    /** What was looked at for which target, and where from: {@code company: smtp://mx1.company.test:25 from sydney}. */
    public String fullName() {
        return fullName(target, name, vantage);
    }

    static String fullName(String target, String name, String vantage) {
        return target + ": " + name + " from " + vantage;
    }

    /** How many of 100 did not work or wanted attention, of those that could be looked at; empty when there is none. */
    public OptionalDouble notGoodPercent() {
        return Figures.share(failed + warned, all - unknown);
    }

    /** What has clearly changed since the week before. */
    public List<Trend> trends() {
        return Trend.of(
                Trend.ofFailures(
                        failed + warned, all - unknown, before.failed + before.warned, before.all - before.unknown),
                Trend.ofMedians(took, before.took));
    }

    /** What it found over the seven days before; each as of the day. */
    public record Before(long all, long failed, long warned, long unknown, Duration notGood, RoundTrips took) {

        /** As of the day. */
        public OptionalDouble notGoodPercent() {
            return Figures.share(failed + warned, all - unknown);
        }
    }
}
