package org.mailsonar.check.host;

import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Measure;

/**
 * From when on a measure wants attention or is failing, in its own unit; a value that is equal to one has not crossed it.
 *
 * @param warnAbove null for never, as with the others
 */
public record Threshold(
        @Nullable Double warnAbove,
        @Nullable Double failAbove,
        @Nullable Double warnBelow,
        @Nullable Double failBelow) {

    /** None. */
    public static final Threshold NONE = new Threshold(null, null, null, null);

    /** Refuses one that could never be good, with an {@link IllegalArgumentException}. */
    public Threshold {
        if (isBeyond(warnAbove, failAbove)) {
            throw new IllegalArgumentException("failAbove is less than warnAbove, so it would never warn");
        }
        if (isBeyond(failBelow, warnBelow)) {
            throw new IllegalArgumentException("failBelow is more than warnBelow, so it would never warn");
        }
    }

    private static boolean isBeyond(@Nullable Double one, @Nullable Double other) {
        return one != null && other != null && one > other;
    }

    Measure measure(String name, double value, String unit) {
        return new Measure(name, value, unit, warnAbove, failAbove, warnBelow, failBelow);
    }
}
