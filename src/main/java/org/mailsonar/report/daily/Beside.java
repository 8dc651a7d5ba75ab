package org.mailsonar.report.daily;

import java.util.function.Supplier;

/**
 * What is gathered of a thing: of the day, and of the week before.
 *
 * @param day that of the day
 * @param before that of the seven days before
 */
record Beside<T>(T day, T before) {

    /** Two empty ones. */
    static <T> Beside<T> of(Supplier<T> empty) {
        return new Beside<>(empty.get(), empty.get());
    }

    /** The one that something belongs to. */
    T of(boolean isOfDay) {
        return isOfDay ? day : before;
    }
}
