package org.mailsonar.probe;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;

/**
 * Finds a token in a message and proves it, whatever gateways did to the message: in the header field, in the body, in
 * each MIME part and in attached messages. Stateless and thread-safe.
 */
public final class TokenFinder {

    /** The header field that carries the token, folded at will. */
    public static final String HEADER = "Mailsonar-Probe";

    /**
     * How many different tokens of one message are tried; a signature costs more to check than to write. A gateway that damages
     * header, text and HTML each in another way leaves four.
     */
    private static final int MOST_TOKENS = 8;

    private TokenFinder() {}

    /**
     * Finds and checks the message's token.
     *
     * @return the one valid result, of the header where it has one, which saves a look into the body, else of the body; or, where
     *     none is valid, what the first token's check found; two different valid tokens in the same place are {@link
     *     Verification.Malformed}, since nobody can tell which one is meant
     */
    public static Verification find(MailMessage message, TokenVerifier verifier, Instant now) {
        Set<String> tokens = inHeader(message);
        Verification inHeader = best(tokens, verifier, now);
        if (inHeader instanceof Verification.Valid || tokens.size() > MOST_TOKENS) {
            return inHeader;
        }
        addFromBody(tokens, message);
        return best(tokens, verifier, now);
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
        message.all(HEADER).forEach(header -> tokens.add(StrictBase64.withoutBlanks(header.rawValue())));
        return tokens;
    }

    private static void addFromBody(Set<String> tokens, MailMessage message) {
        for (MailMessage entity : MimeParts.of(message)) {
            tokens.addAll(inHeader(entity));
            TokenBlocks.addTo(tokens, MimeParts.text(entity), MOST_TOKENS + 1);
        }
    }
}
