package org.mailsonar.probe;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;

/**
 * The signature of a return: Ed25519 over {@code id LF received LF agent LF}, each value as it stands in the field {@code
 * Mailsonar-Return}, in UTF-8; base64url without padding. Folds and blanks that a gateway puts between or around the values change
 * nothing. Stateless and thread-safe.
 */
public final class ReturnSignature {

    /** The field's name. */
    public static final String HEADER = "Mailsonar-Return-Signature";

    /** What the check of a return's signature found. */
    public enum Check {
        /** The key has signed what the return's mark says, and the mark is of this probe. */
        VALID,
        /** There is no signature, or no mark that it could be of. */
        MISSING,
        /** There is one, and the key has not signed this mark of this probe. */
        FORGED
    }

    private ReturnSignature() {}

    /**
     * Checks a return.
     *
     * @param message the return; its first field of each name counts
     * @param probe the probe that the token in it is of: a mark that was signed for another probe proves nothing
     * @param key the reflector's public key
     */
    public static Check check(MailMessage message, ProbeId probe, TrustedKey key) {
        Optional<String> mark = message.first(ReturnMark.HEADER).map(Header::value);
        Optional<String> signature = message.first(HEADER).map(Header::rawValue);
        if (mark.isEmpty() || signature.isEmpty()) {
            return Check.MISSING;
        }
        ReturnMark.Fields fields = ReturnMark.fields(mark.get());
        if (!fields.id().equals(probe.text())) {
            return Check.FORGED;
        }
        try {
            byte[] signed = StrictBase64.decode(StrictBase64.withoutBlanks(signature.get()));
            return key.key().hasSigned(statement(fields), signed) ? Check.VALID : Check.FORGED;
        } catch (IllegalArgumentException notBase64) {
            return Check.FORGED;
        }
    }

    /** Header values are octets, one character each, as they stand in the message. */
    static byte[] statement(ReturnMark.Fields fields) {
        return (fields.id() + "\n" + fields.received() + "\n" + fields.agent() + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
