package org.mailsonar.probe;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;

/**
 * Finds a token in a message and proves it, whatever gateways did to the message: in the header field, and where that
 * is gone or damaged in the body, in each MIME part and in attached messages. Stateless and thread-safe.
 */
public final class TokenFinder {

    /** The header field that carries the token, folded at will. */
    public static final String HEADER = "Mailsonar-Probe";

    static final String BEGIN = "-----BEGIN MAILSONAR PROBE-----";
    static final String END = "-----END MAILSONAR PROBE-----";

    /** How many different tokens of one message are tried; a signature costs more to check than to write. */
    private static final int MOST_TOKENS = 4;

    private TokenFinder() {}

    /**
     * Finds and checks the message's token.
     *
     * @return the one valid result; or, where none is valid, what the first token's check found; two different valid tokens in
     *     one message are {@link Verification.Malformed}, since nobody can tell which one is meant
     */
    public static Verification find(MailMessage message, TokenVerifier verifier, Instant now) {
        Verification inHeader = best(inHeader(message), verifier, now);
        if (inHeader instanceof Verification.Valid) {
            return inHeader;
        }
        Verification inBody = best(inBody(message), verifier, now);
        return inBody instanceof Verification.Valid || inHeader instanceof Verification.Missing ? inBody : inHeader;
    }

    private static Verification best(Set<String> tokens, TokenVerifier verifier, Instant now) {
        Verification best = new Verification.Missing();
        int tried = 0;
        for (String token : tokens) {
            if (tried++ == MOST_TOKENS) {
                return new Verification.Malformed("more than " + MOST_TOKENS + " tokens in one message");
            }
            Verification found = verifier.verify(token, now);
            if (found instanceof Verification.Valid && best instanceof Verification.Valid) {
                return new Verification.Malformed("two valid tokens in one message");
            }
            if (found instanceof Verification.Valid || best instanceof Verification.Missing) {
                best = found;
            }
        }
        return best;
    }

    private static Set<String> inHeader(MailMessage message) {
        Set<String> tokens = new LinkedHashSet<>();
        message.all(HEADER).forEach(header -> tokens.add(withoutBlanks(header.rawValue())));
        return tokens;
    }

    private static Set<String> inBody(MailMessage message) {
        Set<String> tokens = new LinkedHashSet<>();
        for (MailMessage entity : MimeParts.of(message)) {
            if (entity != message) {
                tokens.addAll(inHeader(entity));
            }
            addBlocks(MimeParts.text(entity), tokens);
        }
        return tokens;
    }

    private static void addBlocks(String text, Set<String> tokens) {
        int from = 0;
        while (tokens.size() <= MOST_TOKENS) {
            int begin = text.indexOf(BEGIN, from);
            int end = begin < 0 ? -1 : text.indexOf(END, begin);
            if (end < 0) {
                return;
            }
            from = end;
            String inside = text.substring(begin + BEGIN.length(), end);
            if (inside.length() <= 4 * TokenVerifier.LONGEST_TOKEN) {
                tokens.add(onlyToken(inside));
            }
        }
    }

    /** What is left of a block without line ends, quote marks of replies ("> "), and the tags that a change to HTML puts in. */
    private static String onlyToken(String block) {
        StringBuilder token = new StringBuilder(block.length());
        boolean inTag = false;
        for (int i = 0; i < block.length(); i++) {
            char c = block.charAt(i);
            if (c == '<') {
                inTag = true;
            } else if (c == '>') {
                inTag = false;
            } else if (!inTag && isTokenCharacter(c)) {
                token.append(c);
            }
        }
        return token.toString();
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static String withoutBlanks(String value) {
        StringBuilder token = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > ' ') {
                token.append(value.charAt(i));
            }
        }
        return token.toString();
    }
}
