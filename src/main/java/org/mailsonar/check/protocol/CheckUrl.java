package org.mailsonar.check.protocol;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mailsonar.message.OneLine;

/**
 * Where to look, and how: {@code imap://mail.company.test/?starttls=require&user=webscout&passwordFile=secrets/webscout}.
 *
 * @param scheme in small letters
 * @param host a name or an address, an IPv6 one without brackets
 * @param port 1 to 65535
 * @param path what stands behind host and port, decoded, with its slash; empty where there is nothing but one. Only http, https, ldap and ldaps have one
 * @param options by name, decoded
 */
public record CheckUrl(String scheme, String host, int port, String path, Map<String, String> options) {

    private static final String HOST = "(?:\\[[^]@/?]*]|[^:@/?#\\[]*)(?::[0-9]{1,5})?";
    private static final Pattern HARMLESS = Pattern.compile(HOST + "(?:/[^@?]*)?\\?[A-Za-z]+=.*");
    private static final Pattern HARMLESS_WITH_PATH = Pattern.compile(HOST + "(?:/.*|\\?[A-Za-z]+=.*)");

    public CheckUrl {
        options = Map.copyOf(options);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when it is none that Mailsonar knows; the message says what would be right and shows no option's value
     */
    public static CheckUrl parse(String text) {
        return parse(text, Map.of());
    }

    /**
     * Reads a URL, with further schemes.
     *
     * @param ports usual ports by scheme; 0 where there is none
     */
    public static CheckUrl parse(String text, Map<String, Integer> ports) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        Integer usualPort = ports.getOrDefault(scheme, UrlWords.PORTS.get(scheme));
        if (usualPort == null) {
            Map<String, Integer> known = new TreeMap<>(UrlWords.PORTS);
            known.putAll(ports);
            throw bad(
                    colon < 0 ? "a URL without a scheme" : OneLine.ascii(scheme) + "://…",
                    "the schemes are " + String.join(", ", known.keySet())
                            + UrlWords.suggestion(scheme, known.keySet()));
        }
        if (mayHoldPassword(text)) {
            throw bad(scheme + "://…", "a URL holds no user and no password: write ?user=NAME&passwordFile=FILE");
        }
        String rest = text.substring(colon + 3);
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        if (text.indexOf('#') >= 0 || text.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw bad(scheme + "://…", "write blanks and # as %20 and %23");
        }
        HostAndPort where = HostAndPort.parse(scheme, authority, usualPort);
        String shown = scheme + "://" + where;
        String path = slash < 0 ? "" : decode(place.substring(slash), shown);
        if (path.length() > 1 && !UrlWords.WITH_PATH.contains(scheme)) {
            throw bad(shown, "remove what stands between host and ?: " + OneLine.ascii(path));
        }
        Map<String, String> options = options(scheme, question < 0 ? "" : rest.substring(question + 1), shown);
        return new CheckUrl(scheme, where.host(), where.port(), path.equals("/") ? "" : path, options);
    }

    /**
     * Whether there may be a user and a password before the host, {@code imap://ada:secret@host}, also where the password holds what would end a
     * host. Only behind a port and a question mark or a slash an at sign is a harmless one.
     */
    public static boolean mayHoldPassword(String text) {
        int begin = text.indexOf("://");
        if (begin < 0 || text.indexOf('@', begin) < 0) {
            return false;
        }
        Pattern harmless = UrlWords.WITH_PATH.contains(text.substring(0, begin).toLowerCase(Locale.ROOT))
                ? HARMLESS_WITH_PATH
                : HARMLESS;
        return !harmless.matcher(text.substring(begin + 3)).matches();
    }

    /** The schemes that are known without a site's own. */
    public static Set<String> schemes() {
        return UrlWords.PORTS.keySet();
    }

    /** Whether it can be the name of a scheme (RFC 3986 §3.1), in small letters. */
    static boolean isScheme(String text) {
        return text.matches("[a-z][a-z0-9+-]{0,30}");
    }

    /** Its name: scheme, host, port, path and all options by their names' order, without what tells where a password or a certificate is. */
    @Override
    public String toString() {
        String told = options.entrySet().stream()
                .filter(option -> !UrlWords.OF_FILES.contains(option.getKey()))
                .map(option -> option.getKey() + "=" + option.getValue())
                .sorted()
                .collect(Collectors.joining("&", "?", ""));
        return OneLine.printable(scheme + "://" + new HostAndPort(host, port) + path + (told.length() > 1 ? told : ""));
    }

    private static Map<String, String> options(String scheme, String query, String shown) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = OneLine.ascii(equals < 0 ? option : option.substring(0, equals));
            UrlWords.requireOption(scheme, name, shown);
            if (equals < 1 || equals == option.length() - 1) {
                throw bad(shown, "an option is written name=value, not " + name);
            }
            if (options.put(name, decode(option.substring(equals + 1), shown)) != null) {
                throw bad(shown, "option " + name + " is given twice");
            }
        }
        return options;
    }

    private static String decode(String text, String shown) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw bad(shown, "a % is followed by two hexadecimal digits; a % itself is written %25");
        }
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw bad(shown, "it holds a control character");
        }
        return decoded;
    }

    static IllegalArgumentException bad(String shown, String remedy) {
        return new IllegalArgumentException(shown + " cannot be used as it is written: " + remedy);
    }
}
