package org.mailsonar.probe.signature;

/** Field elements as the numbers from 0 to p − 1 that they are encoded as (RFC 8032 §5.1.2), in four 64-bit words. */
final class Encoding {

    /** How many words a number has. */
    static final int WORDS = 4;

    private static final long[] PRIME = {
        0xFFFF_FFFF_FFFF_FFEDL, 0xFFFF_FFFF_FFFF_FFFFL, 0xFFFF_FFFF_FFFF_FFFFL, 0x7FFF_FFFF_FFFF_FFFFL
    };

    private Encoding() {}

    /** Whether a number is the only encoding of its element, below p. */
    static boolean isCanonical(long[] words) {
        return Words.isLess(words, PRIME);
    }

    /** The canonical encoding of what {@link Field} multiplied, or of the sum or difference of two such. */
    static long[] of(long[] element) {
        // How often p fits in: 19 q is what has to be added so that the bits from 255 on can be dropped.
        long quotient = (19 * element[Field.LIMBS - 1] + (1 << 24)) >> 25;
        for (int i = 0; i < Field.LIMBS; i++) {
            quotient = (element[i] + quotient) >> width(i);
        }
        long[] words = new long[WORDS];
        long carry = 19 * quotient;
        int position = 0;
        for (int i = 0; i < Field.LIMBS; i++) {
            long limb = element[i] + carry;
            carry = limb >> width(i);
            Words.put(words, position, limb - (carry << width(i)));
            position += width(i);
        }
        return words;
    }

    static boolean isZero(long[] element) {
        long[] words = of(element);
        return (words[0] | words[1] | words[2] | words[3]) == 0;
    }

    /** The lowest bit, which tells an element from its negative (RFC 8032 §5.1.2). */
    static int sign(long[] element) {
        return (int) of(element)[0] & 1;
    }

    private static int width(int limb) {
        return 26 - (limb & 1);
    }
}
