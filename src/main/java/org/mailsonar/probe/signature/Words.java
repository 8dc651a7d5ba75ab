package org.mailsonar.probe.signature;

/** Large numbers as 64-bit words, the least significant first, and as bytes in the same order (RFC 8032 §5.1.2). */
final class Words {

    private static final int BYTES = 8;

    private Words() {}

    /** Reads so many words from bytes. */
    static long[] read(byte[] bytes, int offset, int count) {
        long[] words = new long[count];
        for (int i = 0; i < BYTES * count; i++) {
            words[i / BYTES] |= (bytes[offset + i] & 0xFFL) << (8 * (i % BYTES));
        }
        return words;
    }

    /** So many bits (less than 64) from a position on; beyond the last word they are zero. */
    static long bits(long[] words, int position, int width) {
        int index = position >> 6;
        int shift = position & 63;
        if (index >= words.length) {
            return 0;
        }
        long bits = words[index] >>> shift;
        if (shift + width > 64 && index + 1 < words.length) {
            bits |= words[index + 1] << (64 - shift);
        }
        return bits & ((1L << width) - 1);
    }

    /** Sets bits, which were zero, from a position on; the value's highest must be inside the words. */
    static void put(long[] words, int position, long value) {
        int index = position >> 6;
        int shift = position & 63;
        words[index] |= value << shift;
        if (shift > 0 && value >>> (64 - shift) != 0) {
            words[index + 1] |= value >>> (64 - shift);
        }
    }

    /** Whether one number is less than another of as many words. */
    static boolean isLess(long[] number, long[] limit) {
        for (int i = number.length - 1; i > 0; i--) {
            if (number[i] != limit[i]) {
                return Long.compareUnsigned(number[i], limit[i]) < 0;
            }
        }
        return Long.compareUnsigned(number[0], limit[0]) < 0;
    }
}
