package org.mailsonar.probe.signature;

import java.math.BigInteger;

/** Numbers of the tests, and how they are written as bytes, words and limbs. */
final class Numbers {

    /** p, RFC 8032 §5.1. */
    static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** L, likewise. */
    static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private Numbers() {}

    /** So many bytes, the least significant first. */
    static byte[] bytes(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static BigInteger ofBytes(byte[] bytes) {
        BigInteger number = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xFF));
        }
        return number;
    }

    static long[] words(BigInteger number, int count) {
        return Words.read(bytes(number, 8 * count), 0, count);
    }

    static BigInteger ofWords(long[] words) {
        BigInteger number = BigInteger.ZERO;
        for (int i = words.length - 1; i >= 0; i--) {
            number = number.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(words[i])));
        }
        return number;
    }

    /** What limbs stand for, whatever their size. */
    static BigInteger ofLimbs(long[] limbs) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < limbs.length; i++) {
            number = number.add(BigInteger.valueOf(limbs[i]).shiftLeft((51 * i + 1) / 2));
        }
        return number.mod(PRIME);
    }
}
