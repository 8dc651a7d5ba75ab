package org.mailsonar.probe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.signature.Ed25519Key;

/**
 * Proves tokens: the signature over the raw bytes first (Ed25519, RFC 8032 §5.1.7), the reading of them second. Which key to
 * try is told by sixteen bytes at a fixed place, compared with the fingerprints of the trusted keys. Immutable and thread-safe.
 */
public final class TokenVerifier {

    /** How long a token may be, in characters: five times what the longest usual addresses need. */
    public static final int LONGEST_TOKEN = 2048;

    /** What a reflector tolerates of wrong clocks unless it is told otherwise. */
    public static final Duration DEFAULT_SKEW = Duration.ofDays(2);

    private final List<TrustedKey> trusted;
    private final Predicate<EmailAddress> ours;
    private final Duration skew;

    /**
     * A verifier.
     *
     * @param trusted the keys that are believed; none: nothing is valid
     * @param ours which probed addresses are ours
     * @param skew by how much the clocks of monitor and verifier may differ, at both ends of a token's time
     */
    public TokenVerifier(List<TrustedKey> trusted, Predicate<EmailAddress> ours, Duration skew) {
        this.trusted = List.copyOf(trusted);
        this.ours = ours;
        this.skew = skew;
    }

    /** Checks one token, {@code base64url "." base64url} without padding and without blanks, as of {@code now}. */
    public Verification verify(String token, Instant now) {
        int dot = token.indexOf('.');
        if (token.length() > LONGEST_TOKEN || dot < 0) {
            return new Verification.Malformed("not two parts with a dot between them");
        }
        byte[] payload;
        byte[] signature;
        try {
            payload = StrictBase64.decode(token.substring(0, dot));
            signature = StrictBase64.decode(token.substring(dot + 1));
        } catch (IllegalArgumentException notBase64) {
            return new Verification.Malformed("not base64url");
        }
        if (signature.length != Ed25519Key.SIGNATURE_LENGTH
                || payload.length < ProbeToken.FINGERPRINT_OFFSET + KeyFingerprint.LENGTH) {
            return new Verification.Malformed("too short or too long");
        }
        List<TrustedKey> named = keysNamedIn(payload);
        if (named.isEmpty()) {
            return new Verification.UnknownKey();
        }
        for (TrustedKey trustedKey : named) {
            if (trustedKey.key().hasSigned(payload, signature)) {
                return read(token, payload, now);
            }
        }
        return new Verification.Forged();
    }

    private Verification read(String signed, byte[] payload, Instant now) {
        ProbeToken token;
        try {
            token = ProbeToken.parse(payload);
        } catch (IllegalArgumentException unreadable) {
            return new Verification.Malformed(String.valueOf(unreadable.getMessage()));
        }
        if (now.isBefore(token.sent().minus(skew))
                || now.isAfter(token.expires().plus(skew))) {
            return new Verification.Expired(token);
        }
        return ours.test(token.to()) ? new Verification.Valid(token, signed) : new Verification.WrongAddress(token);
    }

    private List<TrustedKey> keysNamedIn(byte[] payload) {
        String name =
                new String(payload, ProbeToken.FINGERPRINT_OFFSET, KeyFingerprint.LENGTH, StandardCharsets.ISO_8859_1);
        List<TrustedKey> named = new ArrayList<>(1);
        for (TrustedKey key : trusted) {
            if (key.fingerprint().equals(name)) {
                named.add(key);
            }
        }
        return named;
    }
}
