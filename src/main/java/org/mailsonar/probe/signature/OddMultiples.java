package org.mailsonar.probe.signature;

/** A point times 1, 3, 5 … 15: what the digits of a {@link SignedDigits} ask for. Immutable. */
final class OddMultiples {

    private static final int COUNT = 1 << (SignedDigits.WIDTH - 2);

    private final Addend[] multiples = new Addend[COUNT];

    OddMultiples(Point point) {
        Addend twice = point.doubled(1).addend();
        Point multiple = point.copy();
        multiples[0] = multiple.addend();
        for (int i = 1; i < COUNT; i++) {
            multiple.add(twice);
            multiple.extend();
            multiples[i] = multiple.addend();
        }
    }

    /** Adds the point as many times as an odd digit says; a sum is to be {@linkplain Point#extend extended} before and after. */
    void addTo(Point sum, int digit) {
        if (digit > 0) {
            sum.add(multiples[digit >> 1]);
        } else {
            sum.subtract(multiples[-digit >> 1]);
        }
    }
}
