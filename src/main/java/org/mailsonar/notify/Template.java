package org.mailsonar.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a request with places for a notice's fields: <code>${target}</code>. What is put there is escaped as the format demands, so
 * that no text of a stranger can become more than text.
 *
 * @param text with places; in JSON they stand inside a string's quotes
 * @param format what it is
 */
public record Template(String text, Format format) {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}?");

    /** What a template is. */
    public enum Format {
        /** {@code application/json}. */
        JSON("application/json"),
        /** {@code application/x-www-form-urlencoded}. */
        FORM("application/x-www-form-urlencoded"),
        /** {@code text/plain}, in UTF-8. */
        TEXT("text/plain; charset=utf-8");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }

        private String escape(String value) {
            return switch (this) {
                case JSON -> Json.escaped(value);
                case FORM -> URLEncoder.encode(value, StandardCharsets.UTF_8);
                case TEXT -> value;
            };
        }

        /**
         * The format of a name: {@code json}, {@code form}, {@code text}.
         *
         * @throws IllegalArgumentException when there is none of this name
         */
        public static Format parse(String text) {
            return switch (text) {
                case "json" -> JSON;
                case "form" -> FORM;
                case "text" -> TEXT;
                default -> throw new IllegalArgumentException("'" + text + "' is no format; write json, form or text");
            };
        }
    }

    /** Refuses places that name no field, and JSON that is none, with an {@link IllegalArgumentException}. */
    public Template {
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (!Notice.FIELDS.contains(places.group(1)) || !places.group().endsWith("}")) {
                throw new IllegalArgumentException(
                        "there is no field '" + places.group(1) + "'; there are " + String.join(", ", Notice.FIELDS));
            }
        }
        // Two words are JSON only between quotes.
        if (format == Format.JSON && !Json.isWhole(PLACE.matcher(text).replaceAll("x y"))) {
            throw new IllegalArgumentException(
                    "the JSON is broken, or a ${place} stands outside of quotes; write for example"
                            + " '{\"text\": \"${line}\"}', or another format than json");
        }
    }

    /** With the fields in their places. */
    String filled(Map<String, String> fields) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(format.escape(fields.getOrDefault(place.group(1), ""))));
    }
}
