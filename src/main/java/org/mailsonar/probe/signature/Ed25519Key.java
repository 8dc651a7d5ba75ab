package org.mailsonar.probe.signature;

import java.util.Arrays;

/**
 * A public key of Ed25519, made ready to check many signatures. Immutable and thread-safe.
 *
 * <p>The check is the strict one of RFC 8032 §5.1.7: S must be below the order L, and R and the key in their one canonical encoding. Of
 * the two equations there it takes the one without the cofactor, S B = R + k A, as Java's own cryptography and OpenSSL
 * do. A key of small order, for which anybody could make signatures, is refused.
 */
public final class Ed25519Key {

    /** How many bytes a key has. */
    public static final int LENGTH = 32;

    /** How many bytes a signature has. */
    public static final int SIGNATURE_LENGTH = 64;

    private final byte[] encoded;

    /** The negative of the key, and the same times 2<sup>128</sup>. */
    private final OddMultiples negative;

    private final OddMultiples negativeHigh;

    private Ed25519Key(byte[] encoded, Point negativeKey) {
        this.encoded = encoded;
        this.negative = new OddMultiples(negativeKey);
        this.negativeHigh = new OddMultiples(negativeKey.doubled(SignedDigits.BITS));
    }

    /**
     * Reads a key.
     *
     * @param encoded its 32 bytes (RFC 8032 §5.1.5)
     * @throws IllegalArgumentException when they are no key, or one that proves nothing
     */
    public static Ed25519Key of(byte[] encoded) {
        if (encoded.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 key has " + LENGTH + " bytes, not " + encoded.length);
        }
        Point negative = Point.negativeOf(Words.read(encoded, 0, Encoding.WORDS));
        if (negative == null) {
            throw new IllegalArgumentException("these bytes encode no point of the curve of Ed25519");
        }
        if (negative.isOfSmallOrder()) {
            throw new IllegalArgumentException("anybody could make signatures for this Ed25519 key");
        }
        return new Ed25519Key(encoded.clone(), negative);
    }

    /** The 32 bytes of the key. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** Whether whoever holds the private key has signed exactly this message. */
    public boolean hasSigned(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        long[] s = Words.read(signature, SIGNATURE_LENGTH / 2, Encoding.WORDS);
        if (!GroupOrder.isReduced(s)) {
            return false;
        }
        byte[] r = Arrays.copyOf(signature, SIGNATURE_LENGTH / 2);
        byte[] digest = Sha512.digest(r, encoded, message);
        long[] k = GroupOrder.remainder(Words.read(digest, 0, 2 * Encoding.WORDS));
        // R is not decoded: what is calculated is encoded instead, and so can only be equal to a canonical encoding.
        return Arrays.equals(Words.read(r, 0, Encoding.WORDS), difference(s, k).encoded());
    }

    /**
     * S B − k A, digit by digit from the highest. The upper halves of both factors go with points that are 2<sup>128</sup> times as
     * large, so that one round of 128 doublings is enough for all four (Straus).
     */
    private Point difference(long[] s, long[] k) {
        byte[] low = SignedDigits.of(s, 0);
        byte[] high = SignedDigits.of(s, SignedDigits.BITS);
        byte[] keyLow = SignedDigits.of(k, 0);
        byte[] keyHigh = SignedDigits.of(k, SignedDigits.BITS);
        Point sum = Point.neutral();
        for (int i = SignedDigits.BITS; i >= 0; i--) {
            sum.twice();
            addTo(sum, BasePoint.MULTIPLES, low[i]);
            addTo(sum, BasePoint.HIGH_MULTIPLES, high[i]);
            addTo(sum, negative, keyLow[i]);
            addTo(sum, negativeHigh, keyHigh[i]);
            sum.project();
        }
        return sum;
    }

    private static void addTo(Point sum, OddMultiples multiples, byte digit) {
        if (digit != 0) {
            sum.extend();
            multiples.addTo(sum, digit);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519Key key && Arrays.equals(encoded, key.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
