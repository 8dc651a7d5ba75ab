package org.mailsonar.check;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a result.
 *
 * @param target the name of the target that it was looked at for
 * @param vantage where from
 * @param name what was looked at
 * @param trouble what was wrong; null when nothing was
 */
public record CheckRecord(
        String target,
        String vantage,
        String name,
        CheckResult.State state,
        String reason,
        Instant at,
        Duration took,
        @Nullable Trouble trouble) {

    /** Of a result. */
    public static CheckRecord of(String target, String vantage, CheckResult result) {
        return new CheckRecord(
                target,
                vantage,
                result.name(),
                result.state(),
                result.reason(),
                result.at(),
                result.took(),
                result.trouble());
    }
}
