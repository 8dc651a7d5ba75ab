package org.mailsonar.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;

/**
 * What became of one mail on a path.
 *
 * @param site the site's name
 * @param path the way
 * @param started when it was begun
 * @param submit how long until the MTA had taken the mail; null when it did not
 * @param retrieve how long it took to log in, find the mail and read it, without the wait for it; null when it was not fetched
 * @param total from the start until it was read; null when it was not fetched
 * @param state good, warning when slow, failing, or unknown when it could not be tried
 * @param error what went wrong; empty when nothing did
 * @param suspects who is at fault in the fault finder's words, the most suspect first; empty where nothing is wrong or nothing can be told
 */
public record PathRun(
        String site,
        Path path,
        Instant started,
        @Nullable Duration submit,
        @Nullable Duration retrieve,
        @Nullable Duration total,
        CheckResult.State state,
        String error,
        List<String> suspects) {

    public PathRun {
        suspects = List.copyOf(suspects);
    }
}
