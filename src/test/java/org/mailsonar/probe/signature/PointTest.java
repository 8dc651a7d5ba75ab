package org.mailsonar.probe.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PointTest {

    private final Random random = new Random(20261121);

    @Test
    void sums_differences_and_doubles_agree_with_the_formulas_of_the_standard() {
        for (int i = 0; i < 30; i++) {
            ReferencePoint left = random();
            ReferencePoint right = i % 10 == 0 ? left : random();
            Point sum = ours(left);
            sum.add(ours(right).addend());
            sum.extend();
            assertSame(sum, left.plus(right));
            sum.subtract(ours(right).addend());
            sum.extend();
            assertSame(sum, left);
            sum.subtract(ours(left).addend());
            sum.extend();
            assertSame(sum, ReferencePoint.NEUTRAL);
            assertSame(ours(left).doubled(3), left.times(BigInteger.valueOf(8)));
        }
    }

    @Test
    void the_multiples_of_the_base_point_are_what_they_are_called() {
        for (int digit = -15; digit <= 15; digit += 2) {
            BigInteger factor = BigInteger.valueOf(digit).mod(Numbers.ORDER);
            Point sum = Point.neutral();
            BasePoint.MULTIPLES.addTo(sum, digit);
            sum.extend();
            assertSame(sum, ReferencePoint.BASE.times(factor));
            BasePoint.HIGH_MULTIPLES.addTo(sum, digit);
            sum.extend();
            assertSame(sum, ReferencePoint.BASE.times(factor.add(factor.shiftLeft(128))));
        }
    }

    @Test
    void what_is_encoded_is_decoded_to_its_negative() {
        for (int i = 0; i < 30; i++) {
            ReferencePoint point = random();
            long[] encoding = Words.read(point.encoded(), 0, 4);
            Point sum = Objects.requireNonNull(Point.negativeOf(encoding));
            assertThat(sum.isOfSmallOrder()).isFalse();
            sum.add(ours(point).addend());
            sum.extend();
            assertSame(sum, ReferencePoint.NEUTRAL);
        }
    }

    private ReferencePoint random() {
        return ReferencePoint.BASE.times(new BigInteger(252, random));
    }

    /** Our point, with a Z that is not 1. */
    private static Point ours(ReferencePoint point) {
        Point ours = Point.of(Field.of(Numbers.words(point.x(), 4)), Field.of(Numbers.words(point.y(), 4)));
        Addend addend = ours.addend();
        ours.add(addend);
        ours.extend();
        ours.subtract(addend);
        ours.extend();
        return ours;
    }

    private static void assertSame(Point ours, ReferencePoint reference) {
        assertThat(ours.encoded()).isEqualTo(Words.read(reference.encoded(), 0, 4));
    }
}
