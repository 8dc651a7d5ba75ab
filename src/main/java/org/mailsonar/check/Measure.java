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
 * @param warnBelow below what it wants attention, where less is worse: days until a certificate ends; null for never
 * @param failBelow below what it is failing; null for never
 */
public record Measure(
        String name,
        double value,
        String unit,
        @Nullable Double warnAbove,
        @Nullable Double failAbove,
        @Nullable Double warnBelow,
        @Nullable Double failBelow) {

    /** One where more is worse. */
    public Measure(String name, double value, String unit, @Nullable Double warnAbove, @Nullable Double failAbove) {
        this(name, value, unit, warnAbove, failAbove, null, null);
    }

    /** One without thresholds. */
    public static Measure of(String name, double value, String unit) {
        return new Measure(name, value, unit, null, null);
    }

    /** How it stands by its thresholds. */
    public CheckResult.State state() {
        if (isCrossed(failAbove, failBelow)) {
            return CheckResult.State.FAILING;
        }
        return isCrossed(warnAbove, warnBelow) ? CheckResult.State.WARNING : CheckResult.State.GOOD;
    }

    private boolean isCrossed(@Nullable Double above, @Nullable Double below) {
        return (above != null && value > above) || (below != null && value < below);
    }
}
