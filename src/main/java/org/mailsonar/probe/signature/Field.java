package org.mailsonar.probe.signature;

/**
 * Arithmetic of the numbers modulo p = 2<sup>255</sup> − 19 (RFC 8032 §5.1), on arrays of ten limbs.
 *
 * <p>Limb <i>i</i> counts 2<sup>⌈25.5 i⌉</sup>, so even limbs have 26 bits and odd ones 25, and each may be negative. What
 * {@link #multiply}, {@link #square} and {@link #of} give is <i>carried</i>: brought to the smallest limbs. A sum or difference
 * is not, and may still be a factor when it is of at most six carried numbers; with more, a column of the product would not
 * fit a long.
 *
 * <p>Ten limbs and not five, so that no product is beyond 64 bits: {@link Math#multiplyHigh} is quick with Java's second compiler
 * only, which a program that runs for one signature never gets to see.
 */
final class Field {

    static final int LIMBS = 10;

    private Field() {}

    /** A number of up to 255 bits, the least significant word first; the highest bit is ignored. */
    static long[] of(long... words) {
        long[] number = new long[LIMBS];
        carry(
                number,
                Words.bits(words, 0, 26),
                Words.bits(words, 26, 25),
                Words.bits(words, 51, 26),
                Words.bits(words, 77, 25),
                Words.bits(words, 102, 26),
                Words.bits(words, 128, 25),
                Words.bits(words, 153, 26),
                Words.bits(words, 179, 25),
                Words.bits(words, 204, 26),
                Words.bits(words, 230, 25));
        return number;
    }

    static void add(long[] sum, long[] f, long[] g) {
        for (int i = 0; i < LIMBS; i++) {
            sum[i] = f[i] + g[i];
        }
    }

    static void subtract(long[] difference, long[] f, long[] g) {
        for (int i = 0; i < LIMBS; i++) {
            difference[i] = f[i] - g[i];
        }
    }

    /**
     * Multiplies; the product may be one of the factors.
     *
     * <p>A product of two odd limbs counts twice (d), as both were rounded up. What is beyond limb 9 comes back at limb 0,
     * nineteenfold (m), as 2<sup>255</sup> = 19.
     */
    static void multiply(long[] product, long[] f, long[] g) {
        long f0 = f[0];
        long f1 = f[1];
        long f2 = f[2];
        long f3 = f[3];
        long f4 = f[4];
        long f5 = f[5];
        long f6 = f[6];
        long f7 = f[7];
        long f8 = f[8];
        long f9 = f[9];
        long g0 = g[0];
        long g1 = g[1];
        long g2 = g[2];
        long g3 = g[3];
        long g4 = g[4];
        long g5 = g[5];
        long g6 = g[6];
        long g7 = g[7];
        long g8 = g[8];
        long g9 = g[9];
        long d1 = 2 * f1;
        long d3 = 2 * f3;
        long d5 = 2 * f5;
        long d7 = 2 * f7;
        long d9 = 2 * f9;
        long m1 = 19 * g1;
        long m2 = 19 * g2;
        long m3 = 19 * g3;
        long m4 = 19 * g4;
        long m5 = 19 * g5;
        long m6 = 19 * g6;
        long m7 = 19 * g7;
        long m8 = 19 * g8;
        long m9 = 19 * g9;
        carry(
                product,
                f0 * g0 + d1 * m9 + f2 * m8 + d3 * m7 + f4 * m6 + d5 * m5 + f6 * m4 + d7 * m3 + f8 * m2 + d9 * m1,
                f0 * g1 + f1 * g0 + f2 * m9 + f3 * m8 + f4 * m7 + f5 * m6 + f6 * m5 + f7 * m4 + f8 * m3 + f9 * m2,
                f0 * g2 + d1 * g1 + f2 * g0 + d3 * m9 + f4 * m8 + d5 * m7 + f6 * m6 + d7 * m5 + f8 * m4 + d9 * m3,
                f0 * g3 + f1 * g2 + f2 * g1 + f3 * g0 + f4 * m9 + f5 * m8 + f6 * m7 + f7 * m6 + f8 * m5 + f9 * m4,
                f0 * g4 + d1 * g3 + f2 * g2 + d3 * g1 + f4 * g0 + d5 * m9 + f6 * m8 + d7 * m7 + f8 * m6 + d9 * m5,
                f0 * g5 + f1 * g4 + f2 * g3 + f3 * g2 + f4 * g1 + f5 * g0 + f6 * m9 + f7 * m8 + f8 * m7 + f9 * m6,
                f0 * g6 + d1 * g5 + f2 * g4 + d3 * g3 + f4 * g2 + d5 * g1 + f6 * g0 + d7 * m9 + f8 * m8 + d9 * m7,
                f0 * g7 + f1 * g6 + f2 * g5 + f3 * g4 + f4 * g3 + f5 * g2 + f6 * g1 + f7 * g0 + f8 * m9 + f9 * m8,
                f0 * g8 + d1 * g7 + f2 * g6 + d3 * g5 + f4 * g4 + d5 * g3 + f6 * g2 + d7 * g1 + f8 * g0 + d9 * m9,
                f0 * g9 + f1 * g8 + f2 * g7 + f3 * g6 + f4 * g5 + f5 * g4 + f6 * g3 + f7 * g2 + f8 * g1 + f9 * g0);
    }

    /** Squares, in less time than {@link #multiply}; the result may be the argument. */
    static void square(long[] result, long[] f) {
        long f0 = f[0];
        long f1 = f[1];
        long f2 = f[2];
        long f3 = f[3];
        long f4 = f[4];
        long f5 = f[5];
        long f6 = f[6];
        long f7 = f[7];
        long f8 = f[8];
        long f9 = f[9];
        long d0 = 2 * f0;
        long d1 = 2 * f1;
        long d2 = 2 * f2;
        long d3 = 2 * f3;
        long d4 = 2 * f4;
        long d5 = 2 * f5;
        long d6 = 2 * f6;
        long d7 = 2 * f7;
        long d8 = 2 * f8;
        long d9 = 2 * f9;
        long m5 = 19 * f5;
        long m6 = 19 * f6;
        long m7 = 19 * f7;
        long m8 = 19 * f8;
        long m9 = 19 * f9;
        long e7 = 2 * m7;
        long e9 = 2 * m9;
        carry(
                result,
                f0 * f0 + d1 * e9 + d2 * m8 + d3 * e7 + d4 * m6 + d5 * m5,
                d0 * f1 + d2 * m9 + d3 * m8 + d4 * m7 + d5 * m6,
                d0 * f2 + d1 * f1 + d3 * e9 + d4 * m8 + d5 * e7 + f6 * m6,
                d0 * f3 + d1 * f2 + d4 * m9 + d5 * m8 + d6 * m7,
                d0 * f4 + d1 * d3 + f2 * f2 + d5 * e9 + d6 * m8 + d7 * m7,
                d0 * f5 + d1 * f4 + d2 * f3 + d6 * m9 + d7 * m8,
                d0 * f6 + d1 * d5 + d2 * f4 + d3 * f3 + d7 * e9 + f8 * m8,
                d0 * f7 + d1 * f6 + d2 * f5 + d3 * f4 + d8 * m9,
                d0 * f8 + d1 * d7 + d2 * f6 + d3 * d5 + f4 * f4 + d9 * m9,
                d0 * f9 + d1 * f8 + d2 * f7 + d3 * f6 + d4 * f5);
    }

    /** Squares so many times. */
    static void square(long[] result, long[] f, int times) {
        square(result, f);
        for (int i = 1; i < times; i++) {
            square(result, result);
        }
    }

    /** Brings columns back to the size of limbs, each to the nearest, from the lowest to the highest and around once. */
    private static void carry(
            long[] limbs, long h0, long h1, long h2, long h3, long h4, long h5, long h6, long h7, long h8, long h9) {
        long carry = (h0 + (1 << 25)) >> 26;
        long first = h0 - (carry << 26);
        h1 += carry;
        carry = (h1 + (1 << 24)) >> 25;
        long second = h1 - (carry << 25);
        h2 += carry;
        carry = (h2 + (1 << 25)) >> 26;
        limbs[2] = h2 - (carry << 26);
        h3 += carry;
        carry = (h3 + (1 << 24)) >> 25;
        limbs[3] = h3 - (carry << 25);
        h4 += carry;
        carry = (h4 + (1 << 25)) >> 26;
        limbs[4] = h4 - (carry << 26);
        h5 += carry;
        carry = (h5 + (1 << 24)) >> 25;
        limbs[5] = h5 - (carry << 25);
        h6 += carry;
        carry = (h6 + (1 << 25)) >> 26;
        limbs[6] = h6 - (carry << 26);
        h7 += carry;
        carry = (h7 + (1 << 24)) >> 25;
        limbs[7] = h7 - (carry << 25);
        h8 += carry;
        carry = (h8 + (1 << 25)) >> 26;
        limbs[8] = h8 - (carry << 26);
        h9 += carry;
        carry = (h9 + (1 << 24)) >> 25;
        limbs[9] = h9 - (carry << 25);
        first += 19 * carry;
        carry = (first + (1 << 25)) >> 26;
        limbs[0] = first - (carry << 26);
        limbs[1] = second + carry;
    }
}
