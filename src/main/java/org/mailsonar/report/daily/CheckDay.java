package org.mailsonar.report.daily;

import java.time.Duration;

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
        String lastTrouble) {}
