package org.mailsonar.roundtrip.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One server's note of having taken the message (a {@code Received} field, RFC 5321 §4.4). Texts are printable ASCII and empty where the note
 * does not tell.
 *
 * @param time when, by that server's clock, in whole seconds; null where it cannot be read
 * @param from who brought it, as that client called itself or as DNS calls it
 * @param by who took it
 * @param protocol how: {@code ESMTPS}, {@code LMTP}, {@code Microsoft SMTP Server}
 * @param tls the version, such as {@code TLSv1.3}; {@code TLS} where it was encrypted and no version is told; empty where nothing is seen
 * @param queueId what the server calls the message
 * @param step how long after the hop before, to the second; null for the first one, and where a clock is wrong
 * @param skew the difference to the hop before where it can be no step: negative, or longer than the whole way took. Clocks differ; for
 *     people only, never a figure. Null otherwise
 */
public record Hop(
        @Nullable Instant time,
        String from,
        String by,
        String protocol,
        String tls,
        String queueId,
        @Nullable Duration step,
        @Nullable Duration skew) {

    private static final int LONGEST_HOST = 120;
    private static final int LONGEST_WORD = 60;

    /** What is outside is no time of this message, and would not fit a date of four digits. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    public Hop {
        boolean isTime = time != null && !time.isBefore(EARLIEST) && time.isBefore(LATEST);
        time = isTime && time != null ? time.truncatedTo(ChronoUnit.SECONDS) : null;
        from = Plain.text(from, LONGEST_HOST);
        by = Plain.text(by, LONGEST_HOST);
        protocol = Plain.text(protocol, LONGEST_WORD);
        tls = Plain.text(tls, LONGEST_WORD);
        queueId = Plain.text(queueId, LONGEST_WORD);
        step = step == null ? null : step.truncatedTo(ChronoUnit.SECONDS);
        skew = skew == null ? null : skew.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * The same hop behind another one.
     *
     * @param before when the hop before was
     * @param longest how long a step can have been
     */
    Hop after(@Nullable Instant before, Duration longest) {
        if (before == null || time == null) {
            return this;
        }
        Duration difference = Duration.between(before, time);
        boolean possible = !difference.isNegative() && difference.compareTo(longest) <= 0;
        return new Hop(
                time, from, by, protocol, tls, queueId, possible ? difference : null, possible ? null : difference);
    }
}
