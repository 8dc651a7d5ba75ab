package org.mailsonar.roundtrip.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailsonar.message.Header;

/**
 * What one trusted server found out about the sender by one method (RFC 8601 §2.2).
 *
 * @param server the authserv-id, in lower case
 * @param method such as {@code dkim}, in lower case
 * @param result such as {@code pass}, in lower case
 * @param properties what it was checked on: {@code header.d=monitor.test header.s=mail}
 */
public record AuthenticationResult(String server, String method, String result, String properties) {

    private static final int LONGEST_WORD = 60;
    private static final int LONGEST_SERVER = 120;
    private static final int LONGEST_PROPERTIES = 200;
    private static final int LONGEST_FIELD = 8 * 1024;
    private static final int MOST = 20;

    private static final Pattern AROUND_EQUALS = Pattern.compile(" ?= ?");
    private static final Pattern METHOD = Pattern.compile("([a-z0-9_-]{1,40})(?:/\\d{1,3})?=([a-z0-9_-]{1,40})");

    public AuthenticationResult {
        server = Plain.text(server, LONGEST_SERVER);
        method = Plain.text(method, LONGEST_WORD);
        result = Plain.text(result, LONGEST_WORD);
        properties = Plain.text(properties, LONGEST_PROPERTIES);
    }

    /**
     * The results that these fields tell, 20 at most. Anybody may write such a field, so those of other servers are left out, and those
     * that name no server.
     *
     * @param trusted authserv-ids in lower case
     */
    static List<AuthenticationResult> read(Stream<Header> fields, Set<String> trusted) {
        List<AuthenticationResult> results = new ArrayList<>();
        fields.filter(field -> field.is("Authentication-Results"))
                .map(Header::value)
                .forEach(value -> add(results, value, trusted));
        return results.size() > MOST ? List.copyOf(results.subList(0, MOST)) : List.copyOf(results);
    }

    private static void add(List<AuthenticationResult> results, String value, Set<String> trusted) {
        List<String> parts = HeaderText.parts(value.substring(0, Math.min(value.length(), LONGEST_FIELD)));
        String server = first(Plain.text(parts.getFirst(), LONGEST_SERVER).replace("\"", ""))
                .toLowerCase(Locale.ROOT);
        if (!trusted.contains(server)) {
            return;
        }
        for (String part : parts.subList(1, parts.size())) {
            String text = AROUND_EQUALS
                    .matcher(Plain.text(part, 2 * LONGEST_PROPERTIES))
                    .replaceAll("=");
            String head = first(text);
            var methodAndResult = METHOD.matcher(head.toLowerCase(Locale.ROOT));
            if (methodAndResult.matches()) {
                results.add(new AuthenticationResult(
                        server, methodAndResult.group(1), methodAndResult.group(2), text.substring(head.length())));
            }
        }
    }

    private static String first(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? text : text.substring(0, blank);
    }
}
