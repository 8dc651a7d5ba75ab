package org.mailsonar.check.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands for {@code ${name}} in what is sent, and what of it nobody may see. Thread-safe. */
final class Blanks {

    private static final String HIDDEN = "****";
    private static final Set<String> KNOWN = Set.of(
            "user",
            "user64",
            "userLength",
            "quotedUser",
            "password",
            "password64",
            "passwordLength",
            "quotedPassword",
            "plain",
            "tag",
            "hello",
            "from",
            "to");

    private final Map<String, String> values = new HashMap<>();
    private final List<String> secrets;

    Blanks(CheckSettings settings) {
        values.put("from", "");
        settings.url().options().forEach(values::put);
        Login login = settings.login();
        this.secrets = login == null ? List.of() : fill(login);
    }

    private List<String> fill(Login login) {
        byte[] user = login.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = login.password().getBytes(StandardCharsets.UTF_8);
        Base64.Encoder base64 = Base64.getEncoder();
        values.put("user", login.user());
        values.put("user64", base64.encodeToString(user));
        values.put("userLength", Integer.toString(user.length));
        values.put("password", login.password());
        values.put("password64", base64.encodeToString(password));
        values.put("passwordLength", Integer.toString(password.length));
        String plain = "\0" + login.user() + "\0" + login.password();
        values.put("plain", base64.encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
        if (isAscii(login.user()) && isAscii(login.password())) {
            values.put("quotedUser", quoted(login.user()));
            values.put("quotedPassword", quoted(login.password()));
        }
        String basic = login.user() + ":" + login.password(); // RFC 7617
        // The longest first: a short one may be a part of it.
        return Stream.of(
                        String.valueOf(values.get("plain")),
                        base64.encodeToString(basic.getBytes(StandardCharsets.UTF_8)),
                        String.valueOf(values.get("password64")),
                        quoted(login.password()),
                        escaped(login.password()),
                        login.password())
                .flatMap(value -> Stream.of(value, octets(value)))
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /**
     * Puts values into a text.
     *
     * @param own values that this has not
     * @return null where one has no value
     */
    @Nullable
    String fill(String text, Function<String, @Nullable String> own) {
        return fill(text, own, false);
    }

    /** The same with secrets hidden. */
    @Nullable
    String shown(String text, Function<String, @Nullable String> own) {
        return fill(text, own, true);
    }

    private @Nullable String fill(String text, Function<String, @Nullable String> own, boolean hiding) {
        int begin = text.indexOf("${");
        if (begin < 0) {
            return text;
        }
        StringBuilder filled = new StringBuilder(text.length() + 32);
        int done = 0;
        while (begin >= 0) {
            int end = text.indexOf('}', begin);
            if (end < 0) {
                break;
            }
            String name = text.substring(begin + 2, end);
            String value = values.containsKey(name) ? values.get(name) : own.apply(name);
            if (value == null) {
                return null;
            }
            filled.append(text, done, begin).append(hiding && isSecret(name) ? HIDDEN : value);
            done = end + 1;
            begin = text.indexOf("${", done);
        }
        return filled.append(text, done, text.length()).toString();
    }

    /** A server's words; some repeat what they did not like. */
    String without(String text) {
        String shown = text;
        for (String secret : secrets) {
            if (shown.contains(secret)) {
                shown = shown.replace(secret, HIDDEN);
            }
        }
        return shown;
    }

    /**
     * Looks at what is sent.
     *
     * @throws IllegalArgumentException when it has a blank that nothing stands for
     */
    static void requireKnown(String text) {
        for (int begin = text.indexOf("${"); begin >= 0; begin = text.indexOf("${", begin + 2)) {
            int end = text.indexOf('}', begin);
            String name = end < 0 ? text.substring(begin) : text.substring(begin + 2, end);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("there is nothing that stands for ${" + name + "}; known are "
                        + String.join(", ", new TreeSet<>(KNOWN)));
            }
        }
    }

    /** Whether a text has a blank for a secret. */
    static boolean needsSecret(String text) {
        return KNOWN.stream().anyMatch(name -> isSecret(name) && text.contains("${" + name + "}"));
    }

    /** As who reads ISO 8859-1 sees it. */
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isSecret(String name) {
        return name.equals("plain") || name.equals("quotedPassword") || name.startsWith("password");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    /** A quoted string of IMAP (RFC 9051 §4.3). */
    private static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
