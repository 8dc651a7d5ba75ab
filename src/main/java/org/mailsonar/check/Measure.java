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
 */
public record Measure(
        String name,
        double value,
        String unit,
        @Nullable Double warnAbove,
        @Nullable Double failAbove) {

    /** One without thresholds. */
    public static Measure of(String name, double value, String unit) {
        return new Measure(name, value, unit, null, null);
    }

    /** How it stands by its thresholds. */
    public CheckResult.State state() {
        if (failAbove != null && value > failAbove) {
            return CheckResult.State.FAILING;
        }
        return warnAbove != null && value > warnAbove ? CheckResult.State.WARNING : CheckResult.State.GOOD;
    }
}
