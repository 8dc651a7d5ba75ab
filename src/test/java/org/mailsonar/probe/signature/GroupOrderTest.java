package org.mailsonar.probe.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.probe.signature.Numbers.ORDER;
import static org.mailsonar.probe.signature.Numbers.ofWords;
import static org.mailsonar.probe.signature.Numbers.words;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupOrderTest {

    private final Random random = new Random(20261121);

    @Test
    void the_remainder_of_every_number_of_512_bits_agrees_with_big_integers() {
        for (BigInteger number : numbers()) {
            assertThat(ofWords(GroupOrder.remainder(words(number, 8))))
                    .as("%x", number)
                    .isEqualTo(number.mod(ORDER));
        }
    }

    @Test
    void a_number_is_reduced_when_it_is_below_the_order() {
        for (BigInteger number : numbers()) {
            if (number.bitLength() <= 256) {
                assertThat(GroupOrder.isReduced(words(number, 4)))
                        .as("%x", number)
                        .isEqualTo(number.compareTo(ORDER) < 0);
            }
        }
    }

    @Test
    void signed_digits_sum_up_to_the_number_and_keep_their_distance() {
        for (BigInteger number : numbers()) {
            byte[] digits = SignedDigits.of(words(number, 8), 0);
            byte[] more = SignedDigits.of(words(number, 8), SignedDigits.BITS);

            assertThat(sum(digits).add(sum(more).shiftLeft(SignedDigits.BITS)))
                    .isEqualTo(number.mod(BigInteger.TWO.pow(256)));
            assertSparse(digits);
            assertSparse(more);
        }
    }

    private static void assertSparse(byte[] digits) {
        int last = -SignedDigits.WIDTH;
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] != 0) {
                assertThat(digits[i] & 1).isEqualTo(1);
                assertThat(digits[i]).isBetween((byte) -15, (byte) 15);
                assertThat(i - last).isGreaterThanOrEqualTo(SignedDigits.WIDTH);
                last = i;
            }
        }
    }

    private static BigInteger sum(byte[] digits) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < digits.length; i++) {
            sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(i));
        }
        return sum;
    }

    private List<BigInteger> numbers() {
        List<BigInteger> numbers = new ArrayList<>();
        for (int bit = 0; bit < 512; bit++) {
            numbers.add(BigInteger.ONE.shiftLeft(bit));
            numbers.add(BigInteger.ONE.shiftLeft(bit).subtract(BigInteger.ONE));
            numbers.add(BigInteger.TWO.pow(512).subtract(BigInteger.ONE.shiftLeft(bit)));
        }
        BigInteger largest = BigInteger.TWO.pow(512).divide(ORDER);
        for (int i = 0; i < 2000; i++) {
            BigInteger times = i < 20 ? BigInteger.valueOf(i) : new BigInteger(i % 260, random).mod(largest);
            BigInteger multiple = ORDER.multiply(times);
            numbers.add(multiple);
            numbers.add(multiple.add(BigInteger.ONE));
            numbers.add(multiple.add(ORDER).subtract(BigInteger.ONE));
            numbers.add(new BigInteger(512, random));
        }
        return numbers;
    }
}
