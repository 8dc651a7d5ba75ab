package org.mailsonar.notify;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Verdict;

/** How urgent a problem is. */
public enum Severity {
    /** Mail does not flow: down. Told at any hour, at once. */
    CRITICAL,
    /** Somebody should look at it by day: a warning, slow, inconclusive. */
    WARNING,
    /** It may become a problem: failing, but not at as many vantages as must agree. */
    ADVISORY;

    /** How urgent a state is; null for those that are no problem. */
    public static @Nullable Severity of(Verdict.State state) {
        return switch (state) {
            case DOWN -> CRITICAL;
            case WARNING, SLOW, INCONCLUSIVE -> WARNING;
            case FAILING -> ADVISORY;
            case HEALTHY, NOT_APPLICABLE -> null;
        };
    }

    /** Its name in configuration files and messages: {@code critical}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The severity of a name.
     *
     * @throws IllegalArgumentException when there is none of this name; the message names all
     */
    public static Severity parse(String text) {
        return Arrays.stream(values())
                .filter(severity -> severity.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no severity; there are "
                        + Arrays.stream(values()).map(Severity::text).collect(Collectors.joining(", "))));
    }
}
