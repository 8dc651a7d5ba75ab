package org.mailsonar.probe;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/**
 * Signs returns with a reflector's own private key (Ed25519, RFC 8032 §5.1.6), so that a monitor can tell its returns from those that
 * somebody else made of a probe on its way. Immutable and thread-safe; no text of it shows the key.
 */
public final class ReturnSigner {

    private final PrivateKey key;

    /** A signer with one key. */
    public ReturnSigner(PrivateKey key) {
        this.key = key;
    }

    /** The value of {@link ReturnSignature#HEADER} for a return that bears this mark. */
    public String sign(ReturnMark mark) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(ReturnSignature.statement(ReturnMark.fields(mark.value())));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("an Ed25519 key that was read can sign", impossible);
        }
    }
}
