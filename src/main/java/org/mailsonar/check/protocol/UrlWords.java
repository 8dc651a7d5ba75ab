package org.mailsonar.check.protocol;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The words that a check's URL is made of. */
final class UrlWords {

    /** Usual ports; tcp has none. */
    static final Map<String, Integer> PORTS = Map.ofEntries(
            Map.entry("tcp", 0),
            Map.entry("smtp", 25),
            Map.entry("smtps", 465),
            Map.entry("submission", 587),
            Map.entry("lmtp", 24),
            Map.entry("pop3", 110),
            Map.entry("pop3s", 995),
            Map.entry("imap", 143),
            Map.entry("imaps", 993),
            Map.entry("nntp", 119),
            Map.entry("ftp", 21),
            Map.entry("http", 80),
            Map.entry("https", 443),
            Map.entry("ldap", 389),
            Map.entry("ldaps", 636));

    static final Set<String> WITH_PATH = Set.of("http", "https", "ldap", "ldaps");

    /** They say where something is, not what is looked at. */
    static final Set<String> OF_FILES = Set.of("passwordFile", "passwordEnv", "caFile");

    private static final List<String> COMMON = List.of("ip", "timeout", "slowAfter");
    private static final List<String> TLS = List.of("starttls", "caFile", "name", "warnDays", "failDays");
    private static final List<String> LOGIN = List.of("user", "passwordFile", "passwordEnv");
    private static final List<String> MAIL = List.of("hello", "from", "to", "expect");

    private UrlWords() {}

    /** The options of a scheme, sorted. */
    static Set<String> options(String scheme) {
        Set<String> options = new TreeSet<>(COMMON);
        if (scheme.equals("tcp")) {
            return options;
        }
        options.addAll(TLS);
        options.addAll(LOGIN);
        options.addAll(
                switch (scheme) {
                    case "pop3", "pop3s", "imap", "imaps", "nntp", "ftp" -> List.of("expect");
                    case "http", "https" -> List.of("status", "text", "redirects");
                    case "ldap", "ldaps" -> List.of("base", "filter", "scope", "entries");
                    default -> MAIL;
                });
        if (scheme.equals("http") || (PORTS.containsKey(scheme) && scheme.endsWith("s"))) {
            options.remove("starttls");
        }
        return options;
    }

    static void requireOption(String scheme, String name, String shown) {
        if (name.toLowerCase(Locale.ROOT).startsWith("pass") && !LOGIN.contains(name)) {
            throw CheckUrl.bad(
                    shown, "a password does not stand in a URL: write it into a file, and passwordFile=FILE");
        }
        Set<String> known = options(scheme);
        if (!known.contains(name)) {
            throw CheckUrl.bad(
                    shown,
                    "there is no option '" + name + "'; the options of " + scheme + " are " + String.join(", ", known)
                            + suggestion(name, known));
        }
    }

    /** {@code . Did you mean NAME?}, or nothing. */
    static String suggestion(String word, Collection<String> known) {
        String best = "";
        int least = 3;
        for (String candidate : known) {
            int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least && distance < candidate.length()) {
                best = candidate;
                least = distance;
            }
        }
        return best.isEmpty() ? "" : ". Did you mean " + best + "?";
    }

    /** How many letters are to be changed, added or left out (Levenshtein); of words of at most 40 letters. */
    private static int distance(String one, String other) {
        if (one.length() > 40) {
            return one.length();
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
