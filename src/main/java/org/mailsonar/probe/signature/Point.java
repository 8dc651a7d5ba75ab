package org.mailsonar.probe.signature;

import org.jspecify.annotations.Nullable;

/**
 * A point of the curve −x² + y² = 1 + d x² y² that is calculated with, in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z (RFC 8032
 * §5.1.4). Changes as it goes, so it belongs to one calculation.
 *
 * <p>{@link #twice}, {@link #add} and {@link #subtract} stop half-way, at the factors E, F, G and H of the new coordinates, and one of
 * {@link #project} and {@link #extend} has to follow: only an addition reads T, and most steps do without.
 */
final class Point {

    private static final long[] ONE = Field.of(1, 0, 0, 0);
    private static final long[] D =
            Field.of(0x75EB_4DCA_1359_78A3L, 0x0070_0A4D_4141_D8ABL, 0x8CC7_4079_7779_E898L, 0x5203_6CEE_2B6F_FE73L);

    private final long[] x;
    private final long[] y;
    private final long[] z;
    private final long[] t;
    private final long[] a = new long[Field.LIMBS];
    private final long[] b = new long[Field.LIMBS];
    private final long[] c = new long[Field.LIMBS];
    private final long[] e = new long[Field.LIMBS];
    private final long[] f = new long[Field.LIMBS];
    private final long[] g = new long[Field.LIMBS];
    private final long[] h = new long[Field.LIMBS];

    private Point(long[] x, long[] y, long[] z, long[] t) {
        this.x = x.clone();
        this.y = y.clone();
        this.z = z.clone();
        this.t = t.clone();
    }

    /** The point (x, y) of the curve; that it is one is not checked here. */
    static Point of(long[] x, long[] y) {
        Point point = new Point(x, y, ONE, ONE);
        Field.multiply(point.t, x, y);
        return point;
    }

    /** The neutral element (0, 1). */
    static Point neutral() {
        return of(new long[Field.LIMBS], ONE);
    }

    /** The negative of the point with this encoding (RFC 8032 §5.1.3); null when there is no such, or another encoding for it. */
    static @Nullable Point negativeOf(long[] encoding) {
        long[] words = encoding.clone();
        words[Encoding.WORDS - 1] &= Long.MAX_VALUE;
        if (!Encoding.isCanonical(words)) {
            return null;
        }
        long[] y = Field.of(words);
        long[] x = x(y);
        if (x == null || (Encoding.isZero(x) && encoding[Encoding.WORDS - 1] < 0)) {
            return null;
        }
        if (Encoding.sign(x) == encoding[Encoding.WORDS - 1] >>> 63) {
            Field.subtract(x, new long[Field.LIMBS], x);
        }
        return of(x, y);
    }

    /** One of the two with x² = (y² − 1) / (d y² + 1); null when y is of no point. */
    private static long @Nullable [] x(long[] y) {
        long[] u = new long[Field.LIMBS];
        long[] v = new long[Field.LIMBS];
        Field.square(u, y);
        Field.multiply(v, u, D);
        Field.subtract(u, u, ONE);
        Field.add(v, v, ONE);
        return Roots.ofQuotient(u, v);
    }

    /** Doubles the point; does not read T. */
    void twice() {
        Field.square(a, x);
        Field.square(b, y);
        Field.square(c, z);
        Field.add(c, c, c);
        Field.add(h, a, b);
        Field.add(e, x, y);
        Field.square(e, e);
        Field.subtract(e, h, e);
        Field.subtract(g, a, b);
        Field.add(f, c, g);
    }

    /** Adds another point. */
    void add(Addend other) {
        multiplySums(other.difference, other.sum, other);
        Field.subtract(f, b, c);
        Field.add(g, b, c);
        finishSum();
    }

    /** Subtracts another point: adds (−x, y), which has sum and difference exchanged and C with the other sign. */
    void subtract(Addend other) {
        multiplySums(other.sum, other.difference, other);
        Field.add(f, b, c);
        Field.subtract(g, b, c);
        finishSum();
    }

    private void multiplySums(long[] factorOfA, long[] factorOfH, Addend other) {
        Field.subtract(a, y, x);
        Field.multiply(a, a, factorOfA);
        Field.add(h, y, x);
        Field.multiply(h, h, factorOfH);
        Field.multiply(c, t, other.twiceDT);
        Field.multiply(b, z, other.twiceZ);
    }

    private void finishSum() {
        Field.subtract(e, h, a);
        Field.add(h, h, a);
    }

    /** Finishes a step without T: a doubling may follow, or the end. */
    void project() {
        Field.multiply(x, e, f);
        Field.multiply(y, g, h);
        Field.multiply(z, f, g);
    }

    /** Finishes a step with T: an addition may follow, or anything. */
    void extend() {
        project();
        Field.multiply(t, e, h);
    }

    /** Another point at the same place. */
    Point copy() {
        return new Point(x, y, z, t);
    }

    /** Another point: this one doubled so many times, at least once. */
    Point doubled(int times) {
        Point doubled = copy();
        for (int i = 0; i < times; i++) {
            doubled.twice();
            doubled.extend();
        }
        return doubled;
    }

    /** Whether the point's order divides 8, the cofactor: 8 times it is the neutral element, the only such with x = 0. */
    boolean isOfSmallOrder() {
        return Encoding.isZero(doubled(3).x);
    }

    /** The point in the form in which it can be added to others; needs T. */
    Addend addend() {
        Addend addend = new Addend();
        Field.add(addend.sum, y, x);
        Field.subtract(addend.difference, y, x);
        Field.multiply(addend.twiceDT, t, D);
        Field.add(addend.twiceDT, addend.twiceDT, addend.twiceDT);
        Field.add(addend.twiceZ, z, z);
        return addend;
    }

    /** The encoding: y, and the sign of x in the highest bit (RFC 8032 §5.1.2). */
    long[] encoded() {
        long[] inverse = Roots.inverse(z);
        long[] affine = new long[Field.LIMBS];
        Field.multiply(affine, y, inverse);
        long[] words = Encoding.of(affine);
        Field.multiply(affine, x, inverse);
        words[Encoding.WORDS - 1] |= (long) Encoding.sign(affine) << 63;
        return words;
    }
}
