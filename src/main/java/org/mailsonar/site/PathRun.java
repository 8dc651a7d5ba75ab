package org.mailsonar.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;

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
 * @param leg where it failed, or what took longest where it was slow; null where all was well, and where it could not be tried
 * @param trouble how far one came on that leg and what happened there; null likewise
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
        @Nullable Leg leg,
        @Nullable Trouble trouble,
        List<String> suspects) {

    public PathRun {
        suspects = List.copyOf(suspects);
    }

    /** One of which no more is known than how it ended. */
    public PathRun(
            String site,
            Path path,
            Instant started,
            @Nullable Duration submit,
            @Nullable Duration retrieve,
            @Nullable Duration total,
            CheckResult.State state,
            String error,
            List<String> suspects) {
        this(site, path, started, submit, retrieve, total, state, error, null, null, suspects);
    }

    /** The same with suspects. */
    public PathRun suspecting(List<String> others) {
        return new PathRun(site, path, started, submit, retrieve, total, state, error, leg, trouble, others);
    }
}
