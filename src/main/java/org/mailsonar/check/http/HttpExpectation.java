package org.mailsonar.check.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be like.
 *
 * @param least the lowest status that is good
 * @param most the highest
 * @param text what the beginning of the body must contain; null for anything
 */
record HttpExpectation(int least, int most, @Nullable String text) {

    /**
     * Reads them from a URL's options.
     *
     * @param status {@code 200} or {@code 200..299}; null for 200 to 399
     * @throws IllegalArgumentException in words for people
     */
    static HttpExpectation of(@Nullable String status, @Nullable String text) {
        if (status == null) {
            return new HttpExpectation(200, 399, text);
        }
        int dots = status.indexOf("..");
        int least = number(dots < 0 ? status : status.substring(0, dots));
        int most = dots < 0 ? least : number(status.substring(dots + 2));
        if (least < 200 || most > 599 || least > most) {
            throw new IllegalArgumentException("status: it is 200 to 599, such as status=200 or status=200..299");
        }
        return new HttpExpectation(least, most, text);
    }

    private static int number(String text) {
        boolean isNumber = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(text) : 0;
    }

    /** Whether a status is good. */
    boolean allows(int status) {
        return status >= least && status <= most;
    }

    /** What is not as it must be, in one line; empty where all is. */
    String complaint(HttpAnswer answer) {
        if (!allows(answer.status())) {
            return "answered " + answer.statusLine() + ", expected " + (least == most ? least : least + " to " + most);
        }
        if (text != null && !contains(answer.body(), text)) {
            return "the text '" + text + "' is not in "
                    + (answer.body().length() < HttpAnswer.MOST_OF_BODY
                            ? "the answer"
                            : "the first 64 KiB of the answer");
        }
        return "";
    }

    private static boolean contains(String body, String text) {
        return body.contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                || body.contains(text);
    }
}
