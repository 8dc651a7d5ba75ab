package org.mailsonar.intake.smtp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The argument of MAIL and RCPT taken apart: {@code FROM:<path> NAME=value NAME} (RFC 5321 §4.1.2).
 *
 * @param address what stands between the angle brackets. A source route ({@code @relay.test:user@company.test}) is left in, so that
 *     it is no address: who asks for a way through this host is refused, although RFC 5321 §4.1.1.3 would rather have the route
 *     ignored; nobody has used one for decades but to try whether a host relays
 * @param parameters the words behind it
 */
record SmtpPath(String address, List<String> parameters) {

    /** Reads it, or null where it is not of that form. Blanks behind the colon are forgiven: many clients write one. */
    static @Nullable SmtpPath parse(String keyword, @Nullable String argument) {
        if (argument == null || !argument.toUpperCase(Locale.ROOT).startsWith(keyword + ":")) {
            return null;
        }
        String rest = argument.substring(keyword.length() + 1).stripLeading();
        int end = rest.indexOf('>');
        if (!rest.startsWith("<") || end < 0) {
            return null;
        }
        String parameters = rest.substring(end + 1);
        if (!parameters.isEmpty() && parameters.charAt(0) != ' ') {
            return null;
        }
        return new SmtpPath(rest.substring(1, end), words(parameters));
    }

    /** Whether it holds other than ASCII. */
    boolean isInternationalized() {
        return address.chars().anyMatch(c -> c > 126);
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.strip().split(" +"));
    }
}
