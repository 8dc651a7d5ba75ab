package org.mailsonar.roundtrip.evidence;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.time.UtcText;

/**
 * What a return tells of its way; for people, never a metric. Where it would take more than 8 KiB as text, entries are left out when it is
 * made: first those about sender and spam, then hops from the middle of the way. Immutable and thread-safe.
 *
 * @param there the probe's way, from the header that the reflector sent back
 * @param back the return's way
 * @param legs both halves by the reflector's clock; null where its stamp did not come through
 */
public record Evidence(
        Passage there, Passage back, @Nullable Legs legs) {

    /** How long the text is at most, in characters, each of them one byte. */
    public static final int LONGEST_TEXT = 8 * 1024;

    /** Servers note whole seconds, so two of them may seem to be further apart than they are. */
    private static final Duration WHOLE_SECONDS = Duration.ofSeconds(1);

    private static final Pattern STAMP = Pattern.compile(" \\[received (\\d{4}-[0-9T:.-]{15,24}Z)\\]");
    private static final int LONGEST_SUBJECT = 2000;

    public Evidence {
        while (EvidenceText.write(there, back, legs).length() > LONGEST_TEXT) {
            boolean fromThere = there.size() >= back.size();
            there = fromThere ? there.smaller() : there;
            back = fromThere ? back : back.smaller();
        }
    }

    /**
     * Reads a return. Never throws, whatever the message is.
     *
     * @param message the return
     * @param sent when the probe was sent, by the monitor's clock
     * @param roundTrip how long it took there and back; no step of the way can have been longer
     * @param trustedServers the authserv-ids whose {@code Authentication-Results} are believed; none: none are read
     */
    public static Evidence read(MailMessage message, Instant sent, Duration roundTrip, Set<String> trustedServers) {
        Set<String> trusted = trustedServers.stream()
                .map(server -> server.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Duration longest = roundTrip.plus(WHOLE_SECONDS);
        Passage there = probeHeader(message)
                .map(header -> Passage.read(header, longest, trusted))
                .orElse(Passage.NONE);
        return new Evidence(there, Passage.read(message, longest, trusted), legs(message, sent, roundTrip));
    }

    /** The header of the probe as it arrived at the reflector (RFC 6522 §4). */
    private static Optional<MailMessage> probeHeader(MailMessage message) {
        return MimeParts.of(message).stream()
                .filter(part ->
                        part.first("Content-Type").map(Header::token).orElse("").equals("text/rfc822-headers"))
                .findFirst()
                .map(part -> MailMessage.of(MimeParts.text(part).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static @Nullable Legs legs(MailMessage message, Instant sent, Duration roundTrip) {
        return ReturnMark.read(message)
                .map(mark -> Legs.of(mark.received(), mark.agent(), sent, roundTrip))
                .or(() -> stampInSubject(message).map(stamp -> Legs.of(stamp, "", sent, roundTrip)))
                .orElse(null);
    }

    private static Optional<Instant> stampInSubject(MailMessage message) {
        String subject = message.first("Subject").map(Header::value).orElse("");
        Matcher stamp = STAMP.matcher(subject.substring(0, Math.min(subject.length(), LONGEST_SUBJECT)));
        if (!stamp.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UtcText.parse(stamp.group(1)));
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }

    /** The text to be stored: JSON on one line, printable ASCII, at most {@link #LONGEST_TEXT} characters. */
    public String toText() {
        return EvidenceText.write(there, back, legs);
    }

    /** What {@link #toText} wrote, the same value again; empty for what is no such text. Fields that are not known are passed over. */
    public static Optional<Evidence> parse(String text) {
        return EvidenceText.read(text);
    }
}
