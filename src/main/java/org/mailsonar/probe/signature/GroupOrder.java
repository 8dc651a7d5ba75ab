package org.mailsonar.probe.signature;

/** Numbers modulo L = 2<sup>252</sup> + 27742317777372353535851937790883648493, the order of the base point (RFC 8032 §5.1). */
final class GroupOrder {

    private static final long[] L = {
        0x5812_631A_5CF5_D3EDL, 0x14DE_F9DE_A2F7_9CD6L, 0x0000_0000_0000_0000L, 0x1000_0000_0000_0000L
    };

    /** What L is more than 2<sup>252</sup>, in limbs of 28 bits, of which 252 bits are just nine. */
    private static final long[] REST = {0xCF5_D3ED, 0x126_31A5, 0x79C_D658, 0xF9D_EA2F, 0x14DE};

    private static final int WIDTH = 28;
    private static final int LIMBS = 9;

    private GroupOrder() {}

    /** Whether a number of four words is below L; others are no S of a signature (RFC 8032 §5.1.7). */
    static boolean isReduced(long[] words) {
        return Words.isLess(words, L);
    }

    /** The remainder of a number of eight words. */
    static long[] remainder(long[] words) {
        long[] limbs = new long[2 * LIMBS + 1];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = Words.bits(words, WIDTH * i, WIDTH);
        }
        for (int top = limbs.length - 1; top >= LIMBS; top--) {
            subtractRest(limbs, top - LIMBS, limbs[top]);
        }
        if (limbs[LIMBS - 1] < 0) {
            subtractRest(limbs, 0, -1);
            limbs[LIMBS - 1] += 1L << WIDTH;
        }
        long[] remainder = new long[L.length];
        for (int i = 0; i < LIMBS; i++) {
            Words.put(remainder, WIDTH * i, limbs[i]);
        }
        return remainder;
    }

    /**
     * Replaces a limb, which stands nine above {@code lowest}, by as many times −{@link #REST}; the limbs between are brought back
     * to their size, and the last of them takes the carry, so that it may become a little larger, or negative.
     */
    private static void subtractRest(long[] limbs, int lowest, long times) {
        long carry = 0;
        for (int i = 0; i < LIMBS - 1; i++) {
            long limb = limbs[lowest + i] + carry - (i < REST.length ? times * REST[i] : 0);
            carry = limb >> WIDTH;
            limbs[lowest + i] = limb - (carry << WIDTH);
        }
        limbs[lowest + LIMBS - 1] += carry;
    }
}
