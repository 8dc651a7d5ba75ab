package org.mailsonar.probe.signature;

import static org.mailsonar.probe.signature.Numbers.PRIME;

import java.math.BigInteger;

/**
 * A point of the curve −x² + y² = 1 + d x² y² (RFC 8032 §5.1), calculated with as the standard's formulas say and with no thought for
 * speed.
 */
record ReferencePoint(BigInteger x, BigInteger y) {

    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(PRIME))
            .mod(PRIME);
    private static final BigInteger ROOT_OF_MINUS_ONE = BigInteger.TWO.modPow(PRIME.shiftRight(2), PRIME);

    static final ReferencePoint NEUTRAL = new ReferencePoint(BigInteger.ZERO, BigInteger.ONE);

    /** B: y is 4/5, and x is even. */
    static final ReferencePoint BASE = decoded(Numbers.bytes(
            BigInteger.valueOf(4)
                    .multiply(BigInteger.valueOf(5).modInverse(PRIME))
                    .mod(PRIME),
            32));

    /** The point with an encoding, which has to be one. */
    static ReferencePoint decoded(byte[] encoding) {
        BigInteger number = Numbers.ofBytes(encoding);
        BigInteger y = number.clearBit(255);
        BigInteger y2 = y.multiply(y);
        BigInteger square = y2.subtract(BigInteger.ONE)
                .multiply(D.multiply(y2).add(BigInteger.ONE).modInverse(PRIME))
                .mod(PRIME);
        BigInteger x = square.modPow(PRIME.add(BigInteger.valueOf(3)).shiftRight(3), PRIME);
        if (!x.multiply(x).mod(PRIME).equals(square)) {
            x = x.multiply(ROOT_OF_MINUS_ONE).mod(PRIME);
        }
        return new ReferencePoint(x.testBit(0) == number.testBit(255) ? x : PRIME.subtract(x), y);
    }

    ReferencePoint plus(ReferencePoint other) {
        BigInteger products = x.multiply(other.x).multiply(y).multiply(other.y).multiply(D);
        BigInteger sumOfX = x.multiply(other.y).add(other.x.multiply(y));
        BigInteger sumOfY = y.multiply(other.y).add(x.multiply(other.x));
        return new ReferencePoint(
                sumOfX.multiply(BigInteger.ONE.add(products).modInverse(PRIME)).mod(PRIME),
                sumOfY.multiply(BigInteger.ONE.subtract(products).modInverse(PRIME))
                        .mod(PRIME));
    }

    ReferencePoint times(BigInteger factor) {
        ReferencePoint sum = NEUTRAL;
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            sum = sum.plus(sum);
            if (factor.testBit(bit)) {
                sum = sum.plus(this);
            }
        }
        return sum;
    }

    byte[] encoded() {
        return Numbers.bytes(x.testBit(0) ? y.setBit(255) : y, 32);
    }
}
