package org.mailsonar.probe.signature;

import org.jspecify.annotations.Nullable;

/** Division and square roots modulo p, both by one great power (RFC 8032 §5.1.3). */
final class Roots {

    /** A square root of −1: 2<sup>(p−1)/4</sup>. */
    private static final long[] ROOT_OF_MINUS_ONE =
            Field.of(0xC4EE_1B27_4A0E_A0B0L, 0x2F43_1806_AD2F_E478L, 0x2B4D_0099_3DFB_D7A7L, 0x2B83_2480_4FC1_DF0BL);

    private Roots() {}

    /** 1/z = z<sup>p−2</sup>, where p − 2 = 8 (p−5)/8 + 3; zero has none and gives zero. */
    static long[] inverse(long[] z) {
        long[] inverse = power(z);
        Field.square(inverse, inverse, 3);
        Field.multiply(inverse, inverse, z);
        long[] square = new long[Field.LIMBS];
        Field.square(square, z);
        Field.multiply(inverse, inverse, square);
        return inverse;
    }

    /** A square root of u/v; null when there is none. */
    static long @Nullable [] ofQuotient(long[] u, long[] v) {
        long[] uv3 = new long[Field.LIMBS];
        long[] uv7 = new long[Field.LIMBS];
        Field.square(uv7, v);
        Field.multiply(uv7, uv7, v);
        Field.multiply(uv3, uv7, u);
        Field.square(uv7, uv7);
        Field.multiply(uv7, uv7, v);
        Field.multiply(uv7, uv7, u);
        long[] root = power(uv7);
        Field.multiply(root, root, uv3);

        long[] check = new long[Field.LIMBS];
        long[] difference = new long[Field.LIMBS];
        Field.square(check, root);
        Field.multiply(check, check, v);
        Field.subtract(difference, check, u);
        if (Encoding.isZero(difference)) {
            return root;
        }
        Field.add(difference, check, u);
        if (Encoding.isZero(difference)) {
            Field.multiply(root, root, ROOT_OF_MINUS_ONE);
            return root;
        }
        return null;
    }

    /** z<sup>(p−5)/8</sup>, where (p−5)/8 = 2<sup>252</sup> − 3 = 4 (2<sup>250</sup> − 1) + 1. */
    private static long[] power(long[] z) {
        long[] two = onesAfter(z, 1, z);
        long[] four = onesAfter(two, 2, two);
        long[] five = onesAfter(four, 1, z);
        long[] ten = onesAfter(five, 5, five);
        long[] twenty = onesAfter(ten, 10, ten);
        long[] forty = onesAfter(twenty, 20, twenty);
        long[] fifty = onesAfter(forty, 10, ten);
        long[] hundred = onesAfter(fifty, 50, fifty);
        long[] twoHundred = onesAfter(hundred, 100, hundred);
        long[] twoHundredFifty = onesAfter(twoHundred, 50, fifty);
        return onesAfter(twoHundredFifty, 2, z);
    }

    /** Shifts the exponent of {@code start} to the left by so many bits and sets there the bits of the exponent of {@code end}. */
    private static long[] onesAfter(long[] start, int bits, long[] end) {
        long[] power = new long[Field.LIMBS];
        Field.square(power, start, bits);
        Field.multiply(power, power, end);
        return power;
    }
}
