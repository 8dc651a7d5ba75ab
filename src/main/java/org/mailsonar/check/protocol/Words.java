package org.mailsonar.check.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;

/** Figures as people read them. */
final class Words {

    private Words() {}

    /** {@code 12 ms}, {@code 0.4 ms}, {@code 3 s}, {@code 2.5 s}. */
    static String of(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis < 10) {
            return number(millis, 1) + " ms";
        }
        return millis < 1000 ? Math.round(millis) + " ms" : number(millis / 1000, millis < 10_000 ? 1 : 0) + " s";
    }

    /** Where one is in a dialogue: {@code after MAIL FROM}, {@code as the greeting}. */
    static String after(Exchange exchange) {
        return (exchange.send().isEmpty() ? "as the " : "after ") + exchange.step();
    }

    /** What is waited for: {@code greeting}, {@code reply to MAIL FROM}. */
    static String reply(Exchange exchange) {
        return (exchange.send().isEmpty() ? "" : "reply to ") + exchange.step();
    }

    /** What a server offers, behind a sentence; nothing where it did not say. */
    static String offers(@Nullable List<String> offers) {
        return offers == null ? "" : OneLine.ascii("; it offers: " + String.join(", ", offers));
    }

    /** {@code 1 day}, {@code 17 messages}. */
    static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    /** A number with at most so many digits behind its point, and none that are 0. */
    static String number(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
