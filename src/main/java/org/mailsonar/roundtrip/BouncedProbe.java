package org.mailsonar.roundtrip;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.probe.TokenFinder;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.probe.Verification;

/**
 * Finds the probe that a bounce is about where the envelope does not tell it any more: by the envelope id that the probe was sent with
 * (RFC 3461 §4.4), else by the probe's header that the bounce quotes: its token, its subject or its Message-ID. An id has 80 random bits that
 * only those have seen who had the probe, so it proves as much as the address for bounces does, and no more.
 *
 * <p>A return quotes the probe's header too, and is no bounce.
 */
final class BouncedProbe {

    /** Behind these lines, programs that write no MIME quote the message: qmail, and Exim before 4.8. */
    private static final List<String> MARKS = List.of(
            "--- Below this line is a copy of the message.",
            "------ This is a copy of the message, including all the headers");

    private static final String ID = "([0-7][0-9A-HJKMNP-TV-Z]{" + (ProbeId.LENGTH - 1) + "})";
    private static final Pattern IN_SUBJECT = Pattern.compile("Mailsonar probe " + ID + "(?![0-9A-Za-z])");
    private static final Pattern IN_MESSAGE_ID = Pattern.compile("^<?" + ID + "(?:@.*)?$");
    private static final Pattern XTEXT = Pattern.compile("\\+([0-9A-F]{2})");
    private static final int LONGEST_VALUE = 1000;

    private BouncedProbe() {}

    static Optional<ProbeId> find(MailMessage message, TokenVerifier verifier, Instant now) {
        if (ReturnMark.isOn(message)) {
            return Optional.empty();
        }
        Optional<ProbeId> byEnvelope = DeliveryStatus.in(message)
                .map(status -> decoded(status.any("Original-Envelope-Id")))
                .flatMap(id -> id(IN_MESSAGE_ID, id));
        return byEnvelope.or(() -> quoted(message)
                .filter(probe -> !ReturnMark.isOn(probe))
                .flatMap(probe -> byToken(probe, verifier, now)
                        .or(() -> byField(probe, "Subject", IN_SUBJECT))
                        .or(() -> byField(probe, "Message-ID", IN_MESSAGE_ID))));
    }

    /** The message that a bounce quotes, or its header; empty where it quotes none, and for what is no bounce. */
    static Optional<MailMessage> quoted(MailMessage message) {
        String type = message.first("Content-Type").map(Header::token).orElse("text/plain");
        if (type.equals("multipart/report")) {
            return MimeParts.of(message).stream()
                    .flatMap(BouncedProbe::quotedIn)
                    .findFirst();
        }
        return type.startsWith("text/") ? quotedIn(MimeParts.text(message)) : Optional.empty();
    }

    private static Stream<MailMessage> quotedIn(MailMessage part) {
        return switch (part.first("Content-Type").map(Header::token).orElse("")) {
            case "text/rfc822-headers", "message/rfc822", "message/global", "message/global-headers" ->
                Stream.of(parse(MimeParts.text(part)));
            default -> Stream.empty();
        };
    }

    private static Optional<MailMessage> quotedIn(String text) {
        for (String mark : MARKS) {
            int found = text.indexOf(mark);
            int end = found < 0 ? -1 : text.indexOf('\n', found);
            if (end >= 0) {
                return Optional.of(parse(text.substring(end).stripLeading()));
            }
        }
        return Optional.empty();
    }

    private static MailMessage parse(String text) {
        return MailMessage.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Optional<ProbeId> byToken(MailMessage probe, TokenVerifier verifier, Instant now) {
        return switch (TokenFinder.find(probe, verifier, now)) {
            case Verification.Valid(var token, String signed) -> Optional.of(token.id());
            case Verification.Expired(var token) -> Optional.of(token.id());
            case Verification unproven -> Optional.empty();
        };
    }

    private static Optional<ProbeId> byField(MailMessage probe, String field, Pattern form) {
        return probe.first(field).map(Header::value).flatMap(value -> id(form, value));
    }

    private static Optional<ProbeId> id(Pattern form, String value) {
        String start = value.substring(0, Math.min(value.length(), LONGEST_VALUE));
        Matcher found = form.matcher(start);
        return found.find() ? Optional.of(new ProbeId(found.group(1))) : Optional.empty();
    }

    /** As it was before it became a parameter of MAIL (xtext, RFC 3461 §4); mail systems differ in whether they undo that. */
    private static String decoded(String value) {
        String start = value.substring(0, Math.min(value.length(), LONGEST_VALUE));
        return XTEXT.matcher(start)
                .replaceAll(hex -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))))
                .strip()
                .toUpperCase(Locale.ROOT);
    }
}
