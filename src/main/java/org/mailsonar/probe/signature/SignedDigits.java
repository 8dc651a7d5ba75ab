package org.mailsonar.probe.signature;

/**
 * A number as a sum of powers of two, each times an odd digit between −15 and 15, with at least four zeros between any two: the
 * width-5 non-adjacent form. A sixth of the digits is not zero, so many doublings go with few additions.
 */
final class SignedDigits {

    static final int WIDTH = 5;

    /** How many bits are taken at a time. */
    static final int BITS = 128;

    private SignedDigits() {}

    /** The digits, the lowest first, of the 128 bits from a position on; one digit more than bits, as the last may carry. */
    static byte[] of(long[] words, int start) {
        byte[] digits = new byte[BITS + 1];
        int carry = 0;
        int position = 0;
        while (position <= BITS) {
            int width = Math.min(WIDTH, BITS - position);
            int window = (int) Words.bits(words, start + position, width) + carry;
            if ((window & 1) == 0) {
                position++; // the carry, if any, moves on with a bit that is set
                continue;
            }
            carry = window >> (WIDTH - 1);
            digits[position] = (byte) (window - (carry << WIDTH));
            position += WIDTH;
        }
        return digits;
    }
}
