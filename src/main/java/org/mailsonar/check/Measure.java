package org.mailsonar.check;

import org.jspecify.annotations.Nullable;

/**
 * Something counted or measured, as monitoring plugins print it.
 *
 * @param name letters, digits, {@code _ . - /}: {@code queue_active}
 * @param value in the unit
 * @param unit {@code s}, {@code B}, {@code %}, {@code c} for a counter that only grows, or nothing
 * @param warnAbove from when on it wants attention; null for never
 * @param failAbove from when on it is failing; null for never
 * @param warnBelow below which it wants attention; null for never
 * @param failBelow below which it is failing; null for never
 */
public record Measure(
        String name,
        double value,
        String unit,
        @Nullable Double warnAbove,
        @Nullable Double failAbove,
        @Nullable Double warnBelow,
        @Nullable Double failBelow) {

    /** One of which only too much is bad. */
    public Measure(String name, double value, String unit, @Nullable Double warnAbove, @Nullable Double failAbove) {
        this(name, value, unit, warnAbove, failAbove, null, null);
    }

    /** One without thresholds. */
    public static Measure of(String name, double value, String unit) {
        return new Measure(name, value, unit, null, null);
    }

    /** How it stands by its thresholds; a value that is equal to one has not crossed it. */
    public CheckResult.State state() {
        if ((failAbove != null && value > failAbove) || (failBelow != null && value < failBelow)) {
            return CheckResult.State.FAILING;
        }
        boolean warns = (warnAbove != null && value > warnAbove) || (warnBelow != null && value < warnBelow);
        return warns ? CheckResult.State.WARNING : CheckResult.State.GOOD;
    }
}
