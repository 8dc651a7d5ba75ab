package org.mailsonar.probe.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.probe.signature.Numbers.PRIME;
import static org.mailsonar.probe.signature.Numbers.ofLimbs;
import static org.mailsonar.probe.signature.Numbers.ofWords;
import static org.mailsonar.probe.signature.Numbers.words;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldTest {

    private static final int MOST_TERMS = 6;

    private final Random random = new Random(20261121);

    @Test
    void every_number_is_read_and_encoded_modulo_p() {
        for (BigInteger number : numbers()) {
            long[] element = element(number);

            assertThat(ofLimbs(element)).isEqualTo(number.mod(PRIME));
            assertThat(ofWords(Encoding.of(element))).isEqualTo(number.mod(PRIME));
            assertThat(Encoding.isCanonical(words(number, 4))).isEqualTo(number.compareTo(PRIME) < 0);
            assertThat(Encoding.isZero(element)).isEqualTo(number.mod(PRIME).signum() == 0);
            assertThat(Encoding.sign(element) == 1).isEqualTo(number.mod(PRIME).testBit(0));
        }
    }

    @Test
    void what_is_read_and_multiplied_is_carried() {
        for (BigInteger number : numbers()) {
            long[] element = element(number);
            assertCarried(element);
            Field.square(element, element);
            assertCarried(element);
        }
        assertCarried(product(extreme(1, 1), extreme(1, 1)));
    }

    @Test
    void the_four_kinds_of_arithmetic_agree_with_big_integers() {
        List<BigInteger> numbers = numbers();
        for (BigInteger left : numbers) {
            BigInteger right = numbers.get(random.nextInt(numbers.size()));
            long[] result = new long[Field.LIMBS];

            Field.add(result, element(left), element(right));
            assertThat(ofWords(Encoding.of(result))).isEqualTo(left.add(right).mod(PRIME));
            Field.subtract(result, element(left), element(right));
            assertThat(ofWords(Encoding.of(result)))
                    .isEqualTo(left.subtract(right).mod(PRIME));
            Field.multiply(result, element(left), element(right));
            assertThat(ofWords(Encoding.of(result)))
                    .isEqualTo(left.multiply(right).mod(PRIME));
            Field.square(result, element(left));
            assertThat(ofWords(Encoding.of(result)))
                    .isEqualTo(left.multiply(left).mod(PRIME));
        }
    }

    @Test
    void factors_may_be_the_largest_sums_of_six_with_any_signs() {
        for (int i = 0; i < 2000; i++) {
            int signs = i < 4 ? -(i & 1) : random.nextInt();
            long[] left = extreme(MOST_TERMS, signs);
            long[] right = extreme(MOST_TERMS, i < 4 ? -(i >> 1) : random.nextInt());

            assertThat(ofLimbs(product(left, right)))
                    .isEqualTo(ofLimbs(left).multiply(ofLimbs(right)).mod(PRIME));
            long[] square = new long[Field.LIMBS];
            Field.square(square, left);
            assertThat(ofLimbs(square)).isEqualTo(ofLimbs(left).pow(2).mod(PRIME));
            assertCarried(square);
        }
    }

    @Test
    void a_result_may_take_the_place_of_an_argument() {
        BigInteger number = new BigInteger(255, random);
        long[] element = element(number);
        Field.multiply(element, element, element);
        Field.square(element, element, 3);

        assertThat(ofWords(Encoding.of(element))).isEqualTo(number.modPow(BigInteger.valueOf(16), PRIME));
    }

    @Test
    void an_inverse_is_one_over_the_number_and_zero_for_zero() {
        for (BigInteger number : numbers()) {
            assertThat(ofWords(Encoding.of(Roots.inverse(element(number)))))
                    .isEqualTo(number.modPow(PRIME.subtract(BigInteger.TWO), PRIME));
        }
    }

    @Test
    void a_quotient_has_a_root_exactly_when_it_is_a_square() {
        for (int i = 0; i < 500; i++) {
            BigInteger u = new BigInteger(255, random).mod(PRIME);
            BigInteger v = new BigInteger(255, random).mod(PRIME);
            BigInteger quotient = u.multiply(v.modInverse(PRIME)).mod(PRIME);
            boolean isSquare =
                    quotient.modPow(PRIME.shiftRight(1), PRIME).equals(BigInteger.ONE) || quotient.signum() == 0;
            long[] root = Roots.ofQuotient(element(u), element(v));

            assertThat(root != null).isEqualTo(isSquare);
            if (root != null) {
                assertThat(ofLimbs(root).pow(2).mod(PRIME)).isEqualTo(quotient);
            }
        }
    }

    private List<BigInteger> numbers() {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            numbers.add(BigInteger.valueOf(i));
            numbers.add(BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(i + 1)));
        }
        for (int bit = 0; bit < 255; bit++) {
            numbers.add(BigInteger.ONE.shiftLeft(bit));
            numbers.add(BigInteger.ONE.shiftLeft(bit).subtract(BigInteger.ONE));
            numbers.add(PRIME.subtract(BigInteger.ONE.shiftLeft(bit)).mod(PRIME));
        }
        for (int i = 0; i < 1000; i++) {
            numbers.add(new BigInteger(255, random));
        }
        return numbers;
    }

    private static long[] element(BigInteger number) {
        return Field.of(words(number, 4));
    }

    private static long[] product(long[] left, long[] right) {
        long[] product = new long[Field.LIMBS];
        Field.multiply(product, left, right);
        return product;
    }

    /** The largest limbs that so many carried numbers sum up to, with signs from bits. */
    private static long[] extreme(int terms, int signs) {
        long[] limbs = new long[Field.LIMBS];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = (signs >> i & 1) == 0 ? terms * largest(i) : -terms * largest(i);
        }
        return limbs;
    }

    private static void assertCarried(long[] element) {
        for (int i = 0; i < Field.LIMBS; i++) {
            assertThat(Math.abs(element[i])).as("limb %d", i).isLessThanOrEqualTo(largest(i));
        }
    }

    private static long largest(int limb) {
        long half = 1L << (25 - (limb & 1));
        return half + half / 64;
    }
}
