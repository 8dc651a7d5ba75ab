package org.mailsonar.intake.directory;

import java.time.Duration;

/**
 * How long is waited for what; all are longer than nothing.
 *
 * @param sweep between two looks at everything in the directory, since events can be lost
 * @param settling for which a file in a Drop directory must not have changed before it counts as written
 * @param firstPause before a file that could not be dealt with is tried again; doubled with each try
 * @param longestPause up to which that grows
 * @param closing for the files that are being handled when the watcher is closed
 */
public record DirectoryTimes(
        Duration sweep, Duration settling, Duration firstPause, Duration longestPause, Duration closing) {

    /** 30 s, 200 ms, 1 s, 5 min and 10 s. */
    public static final DirectoryTimes USUAL = new DirectoryTimes(
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    public DirectoryTimes {
        if (!sweep.isPositive()
                || !settling.isPositive()
                || !firstPause.isPositive()
                || !longestPause.isPositive()
                || !closing.isPositive()) {
            throw new IllegalArgumentException("all these times are longer than nothing");
        }
    }
}
