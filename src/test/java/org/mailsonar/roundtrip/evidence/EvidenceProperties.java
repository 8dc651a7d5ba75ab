package org.mailsonar.roundtrip.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.message.MailMessage;

/** What holds for any bytes that are read as a return; part of a fuzz target. */
public final class EvidenceProperties {

    private static final Instant SENT = Instant.parse("2026-11-21T01:02:03.456Z");
    private static final Duration ROUND_TRIP = Duration.ofSeconds(7);
    private static final int MOST_HOPS = 50;

    private EvidenceProperties() {}

    /** The evidence is bounded and printable, no step is negative or too long, and its text is the same evidence again. */
    public static void check(byte[] raw) {
        Evidence evidence = Evidence.read(MailMessage.of(raw), SENT, ROUND_TRIP, Set.of("mx1.company.test", ""));
        Stream.of(evidence.there(), evidence.back()).forEach(EvidenceProperties::checkPassage);
        Legs legs = evidence.legs();
        if (legs != null) {
            Claim.that(
                    legs.skewed() || legs.there().plus(legs.back()).equals(ROUND_TRIP),
                    "legs are the whole in two",
                    legs);
            Claim.that(legs.skewed() || !legs.there().isNegative(), "a negative leg is flagged", legs);
            Claim.that(legs.skewed() || !legs.back().isNegative(), "a negative leg is flagged", legs);
        }
        String text = evidence.toText();
        Claim.oneLine(text, Evidence.LONGEST_TEXT, "evidence is one line");
        Claim.that(text.chars().allMatch(c -> c < 127), "evidence is ASCII", text);
        Claim.same(Optional.of(evidence), Evidence.parse(text), "evidence is read back the same");
    }

    /** Whatever text is read as evidence, it is some or none. */
    public static void checkText(String text) {
        Evidence.parse(text).ifPresent(read -> {
            Claim.oneLine(read.toText(), Evidence.LONGEST_TEXT, "evidence is one line");
            Claim.same(Optional.of(read), Evidence.parse(read.toText()), "evidence is read back the same");
        });
    }

    private static void checkPassage(Passage passage) {
        Claim.that(
                passage.hops().size() <= MOST_HOPS,
                "hops are bounded",
                passage.hops().size());
        for (Hop hop : passage.hops()) {
            Duration step = hop.step();
            Claim.that(
                    step == null || (!step.isNegative() && step.compareTo(ROUND_TRIP.plusSeconds(1)) <= 0),
                    "a step is one that can be",
                    hop);
            Claim.that(step == null || hop.skew() == null, "a step is a figure or flagged", hop);
        }
    }
}
