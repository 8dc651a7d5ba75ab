package org.mailsonar.check.protocol;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Trouble;

/**
 * One thing said, and the reply to it.
 *
 * <p>What is said may hold {@code ${user}}, {@code ${password}}, {@code ${plain}} (the SASL PLAIN message, base64), {@code ${user64}}, {@code ${password64}},
 * {@code ${quotedUser}} and {@code ${quotedPassword}} (IMAP strings, only where they are printable ASCII), {@code ${userLength}} and {@code ${passwordLength}} (in bytes), {@code ${tag}} (a new
 * IMAP tag), {@code ${hello}} (this host's name or address literal), {@code ${from}} (empty unless told) and {@code ${to}}. A dollar
 * before a brace is always the begin of one. Where one of them has no value, the exchange is left out: without a recipient no RCPT. Line ends are added.
 *
 * @param step its name for people: {@code MAIL FROM}
 * @param stage how far one has come with it
 * @param when whether it takes place
 * @param ifOffered it takes place only where a line of what the server last said it offers matches somewhere; null for always
 * @param send what is said; empty to listen only
 * @param ending how the reply ends
 * @param answers what replies mean
 * @param role what it does for the conversation
 * @param captures what is counted in the reply
 */
public record Exchange(
        String step,
        Trouble.Stage stage,
        When when,
        @Nullable Pattern ifOffered,
        String send,
        Ending ending,
        Answers answers,
        Role role,
        List<Capture> captures) {

    public Exchange {
        captures = List.copyOf(captures);
        if (send.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("what is sent is one line; its end is added");
        }
        Blanks.requireKnown(send);
        if (when == When.LOGIN && role != Role.ORDINARY) {
            throw new IllegalArgumentException("a part of the login is an ordinary exchange: there is only one try");
        }
    }

    /** One that always takes place, ordinary, with nothing counted. */
    public static Exchange of(String step, Trouble.Stage stage, String send, Ending ending, Answers answers) {
        return new Exchange(step, stage, When.ALWAYS, null, send, ending, answers, Role.ORDINARY, List.of());
    }

    /** The same at another occasion. */
    public Exchange when(When occasion) {
        return new Exchange(step, stage, occasion, ifOffered, send, ending, answers, role, captures);
    }

    /** The same, only where the server offers this; a pattern that is looked for in each line. */
    public Exchange ifOffered(String pattern) {
        return new Exchange(step, stage, when, Pattern.compile(pattern), send, ending, answers, role, captures);
    }

    /** The same in another role. */
    public Exchange as(Role newRole) {
        return new Exchange(step, stage, when, ifOffered, send, ending, answers, newRole, captures);
    }

    /** The same with something counted. */
    public Exchange capturing(Capture... counted) {
        return new Exchange(step, stage, when, ifOffered, send, ending, answers, role, List.of(counted));
    }

    /** When an exchange takes place. */
    public enum When {
        ALWAYS,
        /** Only after STARTTLS: what was said before does not count any more. */
        AFTER_STARTTLS,
        /** Only where the exchange before was turned down. */
        AFTER_REJECTION,
        /** Only where a login is given and not yet over. */
        LOGIN,
        /** Only after a login that went well. */
        LOGGED_IN
    }

    /** How a reply ends. */
    public enum Ending {
        /** With its first line. */
        LINE,
        /** With the first line that has no hyphen behind its code; each line begins with the same code (RFC 5321 §4.2.1). */
        SMTP,
        /** With the line that begins with the first line's code and a blank (RFC 959 §4.2). */
        FTP,
        /** With a line with a dot alone if the first line is good, otherwise with the first line (RFC 1939 §3, RFC 3977 §3.1.1). */
        DOT,
        /** With the line that begins with the tag, or with a {@code +} (RFC 9051 §2.2). */
        TAGGED,
        /** With the first line that one of the answers matches, as in ManageSieve (RFC 5804 §1.2). */
        ANSWERED
    }

    /** What an exchange does for the conversation. */
    public enum Role {
        ORDINARY,
        /** Its good reply lists what the server offers. A server that turns it down offers nothing, and that is no trouble, unless it is the greeting. */
        OFFERS,
        /** Encryption begins after its good reply. */
        START_TLS,
        /** The goodbye: also said when something before it was turned down; its reply is not judged. */
        FAREWELL
    }

    /**
     * A number in a reply.
     *
     * @param measure the measure's name
     * @param unit its unit
     * @param pattern looked for in each line; its first group is the number
     */
    public record Capture(String measure, String unit, Pattern pattern) {

        public Capture {
            if (pattern.matcher("").groupCount() < 1) {
                throw new IllegalArgumentException("the pattern has no group (…) around the number");
            }
        }
    }
}
