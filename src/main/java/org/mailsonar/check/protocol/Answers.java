package org.mailsonar.check.protocol;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the replies to one command mean. Each pattern is looked for at the beginning of a reply's last line, an IMAP tag left out. What matches
 * none is not of the protocol.
 *
 * @param good as it should be
 * @param rejected the server says no for good
 * @param deferred the server says not now; looked at before {@code rejected}
 * @param impostor what proves that something else answers in the server's place; it is looked at first, and also, with the text
 *     {@code closed}, when the connection ends instead of a reply. Null where nothing proves that
 * @param loggedIn the good reply after which the login is over; null where none is
 */
public record Answers(
        Pattern good,
        Pattern rejected,
        Pattern deferred,
        @Nullable Pattern impostor,
        @Nullable Pattern loggedIn) {

    /** Codes of three digits, as in SMTP, LMTP, NNTP and FTP: 2xx is good, 4xx not now, 5xx no. */
    public static final Answers CODES =
            new Answers(Pattern.compile("2\\d\\d"), Pattern.compile("5\\d\\d"), Pattern.compile("4\\d\\d"), null, null);

    /** {@code +OK} and {@code -ERR} of POP3, with the response codes of RFC 2449 and RFC 3206. */
    public static final Answers POP3 = new Answers(
            Pattern.compile("\\+OK"),
            Pattern.compile("-ERR"),
            Pattern.compile("-ERR \\[(?i:IN-USE|LOGIN-DELAY|SYS/TEMP)"),
            null,
            null);

    /** {@code OK}, {@code NO} and {@code BAD} of IMAP, with the response codes of RFC 5530. */
    public static final Answers IMAP = new Answers(
            Pattern.compile("OK\\b"),
            Pattern.compile("(?:NO|BAD)\\b"),
            Pattern.compile("NO \\[(?i:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)"),
            null,
            null);

    /** The same with another good one. */
    public Answers good(String pattern) {
        return new Answers(Pattern.compile(pattern), rejected, deferred, impostor, loggedIn);
    }

    /** The same with something that proves an impostor. */
    public Answers impostor(String pattern) {
        return new Answers(good, rejected, deferred, Pattern.compile(pattern), loggedIn);
    }

    /** The same with a reply that ends the login. */
    public Answers loggedIn(String pattern) {
        return new Answers(good, rejected, deferred, impostor, Pattern.compile(pattern));
    }

    /** Whether a line means anything. */
    boolean isAny(String line) {
        return good.matcher(line).lookingAt()
                || rejected.matcher(line).lookingAt()
                || deferred.matcher(line).lookingAt();
    }
}
