package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.roundtrip.Route;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;

/**
 * What becomes of one probe, as a line: {@code 20 lost}, {@code 20 returned 3s}, {@code 20 bounced 90s}. The number is the minute of sending.
 * The time after the word is from sending on; a probe without one never ends, or ends at its time-out, or a second after it was sent.
 */
record Story(Instant sent, String kind, Duration after) {

    static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    static final EmailAddress ADDRESS = EmailAddress.parse("webscout@company.test");
    static final Target COMPANY = target(Timing.STANDARD, Policy.STANDARD);

    static Target target(Timing timing, Policy policy) {
        return new Target("company", ADDRESS, timing, policy, Route.STANDARD);
    }

    static Instant minute(String text) {
        return START.plusMillis(Math.round(Double.parseDouble(text.strip()) * 60_000));
    }

    /** Lines with a bar between them. */
    static List<Story> all(String text) {
        return Stream.of(text.split("\\|", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Story::of)
                .toList();
    }

    private static Story of(String line) {
        String[] words = line.split(" +", -1);
        Duration timeout = COMPANY.timeout();
        Duration after = words.length > 2
                ? Duration.parse("PT" + words[2].toUpperCase(Locale.ROOT))
                : switch (words[1]) {
                    case "lost", "blind" -> timeout;
                    default -> Duration.ofSeconds(1);
                };
        return new Story(minute(words[0]), words[1], after);
    }

    /** What a ledger shows of these probes at an instant, newest first. */
    static List<ProbeRecord> shown(List<Story> stories, Timing timing, Instant now) {
        return stories.stream()
                .filter(story -> !story.sent.isAfter(now))
                .map(story -> story.record(timing, now))
                .sorted(Comparator.comparing(ProbeRecord::sent).reversed())
                .toList();
    }

    Instant ended() {
        return sent.plus(after);
    }

    private ProbeRecord record(Timing timing, Instant now) {
        ProbeRecord leaving = ProbeRecord.leaving(
                new ProbeId(String.format(Locale.ROOT, "0%025d", sent.toEpochMilli())),
                target(timing, Policy.STANDARD),
                "sydney",
                "one",
                false,
                sent);
        Outcome outcome = outcome();
        boolean comesLater = ended().isAfter(now);
        if (comesLater && !leaving.deadline().isAfter(now) && (kind.equals("late") || kind.equals("bounced"))) {
            return leaving.with(new Outcome.Lost(), leaving.deadline());
        }
        return comesLater || outcome == null ? leaving : leaving.with(outcome, ended());
    }

    private @Nullable Outcome outcome() {
        RoundTrip trip = new RoundTrip(ended(), after, RoundTrip.Clock.MONOTONIC, Duration.ZERO);
        return switch (kind) {
            case "returned" -> new Outcome.Returned(trip);
            case "late" -> new Outcome.Late(trip);
            case "lost" -> new Outcome.Lost();
            case "bounced" -> new Outcome.Bounced("mx.company.test: 550 5.1.1 no such user");
            case "refused" -> new Outcome.Refused("554 5.7.1 not you");
            case "deferred" -> new Outcome.Deferred("450 4.2.0 greylisted");
            case "unsent" -> new Outcome.SendFailed("no connection");
            case "blind" -> new Outcome.Inconclusive("the inbox cannot be read");
            case "flying" -> null;
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
