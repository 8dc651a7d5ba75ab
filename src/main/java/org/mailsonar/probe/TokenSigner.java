package org.mailsonar.probe;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.mailsonar.message.EmailAddress;

/** Makes signed tokens with one private key (Ed25519, RFC 8032 §5.1.6). Immutable and thread-safe. */
public final class TokenSigner {

    private final PrivateKey key;
    private final String fingerprint;

    /**
     * A signer.
     *
     * @param key the private key
     * @param publicKey the public key that belongs to it; the token names it
     */
    public TokenSigner(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.fingerprint = KeyFingerprint.of(publicKey.getEncoded());
    }

    /** What a probe to {@code to} will state; {@link #sign} makes it a token. */
    public ProbeToken state(ProbeId id, EmailAddress to, EmailAddress returnTo, Instant sent, Duration validity) {
        return new ProbeToken(id, fingerprint, to, returnTo, sent, sent.plus(validity));
    }

    /** The token as it travels: {@code base64url(payload) "." base64url(signature)}, without padding. */
    public String sign(ProbeToken token) {
        byte[] payload = token.payload();
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(payload);
            return encoder.encodeToString(payload) + "." + encoder.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("an Ed25519 key that was read can sign", impossible);
        }
    }
}
