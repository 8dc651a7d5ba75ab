package org.mailsonar.check.ldap;

import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.protocol.CheckUrl;
import org.mailsonar.message.OneLine;

/**
 * What is searched for, and how much of it is to be found.
 *
 * @param base where, a distinguished name; empty for what the server tells of itself
 * @param least how many entries there are at least
 * @param most and at most; -1 where any number is good
 */
record LdapSearch(String base, SearchScope scope, Filter filter, int least, int most) {

    /** Enough to see that many are there; a check is no export. */
    private static final int USUAL_LIMIT = 1000;

    private static final int MOST_ENTRIES = 100_000;

    /**
     * Reads it from a URL: {@code ldap://host/dc=company,dc=test?scope=sub&filter=(uid=ada)&entries=1}.
     *
     * @throws IllegalArgumentException in words for people
     */
    static LdapSearch of(CheckUrl url) {
        Map<String, String> options = url.options();
        String path = url.path().isEmpty() ? "" : url.path().substring(1);
        String base = options.getOrDefault("base", path);
        if (!path.isEmpty() && !base.equals(path)) {
            throw new IllegalArgumentException("base: there is another one behind the host; leave one of them");
        }
        int[] entries = entries(options.get("entries"));
        return new LdapSearch(
                base,
                scope(options.getOrDefault("scope", base.isEmpty() ? "base" : "sub")),
                filter(options.getOrDefault("filter", "(objectClass=*)")),
                entries[0],
                entries[1]);
    }

    private static SearchScope scope(String word) {
        return switch (word) {
            case "base" -> SearchScope.BASE;
            case "one" -> SearchScope.ONE;
            case "sub" -> SearchScope.SUB;
            default -> throw new IllegalArgumentException("scope: it is base, one or sub");
        };
    }

    private static Filter filter(String text) {
        try {
            return Filter.create(text);
        } catch (LDAPException broken) {
            throw new IllegalArgumentException("filter: this is none (RFC 4515): "
                    + OneLine.ascii(String.valueOf(broken.getMessage())) + "; write for example (uid=ada)");
        }
    }

    private static int[] entries(@Nullable String text) {
        if (text == null) {
            return new int[] {0, -1};
        }
        int dots = text.indexOf("..");
        int least = number(dots < 0 ? text : text.substring(0, dots));
        int most = dots < 0 ? least : number(text.substring(dots + 2));
        if (least < 0 || most < least) {
            throw new IllegalArgumentException(
                    "entries: it is a number of entries, or two: entries=1 or entries=1..50, up to " + MOST_ENTRIES);
        }
        return new int[] {least, most};
    }

    private static int number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = isNumber ? Integer.parseInt(text) : -1;
        return number > MOST_ENTRIES ? -1 : number;
    }

    /** How many entries are asked for: one more than may be there. */
    int limit() {
        return most < 0 ? USUAL_LIMIT : most + 1;
    }

    /** What is sent. Of each entry only its name comes back (RFC 4511 §4.5.1.8). */
    SearchRequestProtocolOp request(Duration timeout) {
        int seconds = (int) Math.max(1, timeout.toSeconds());
        return new SearchRequestProtocolOp(
                base, scope, DereferencePolicy.NEVER, limit(), seconds, true, filter, List.of("1.1"));
    }

    /** As people write it. */
    String words() {
        return (base.isEmpty() ? "what the server tells of itself" : base) + " ("
                + scope.getName().toLowerCase(Locale.ROOT) + ") for " + filter;
    }

    /** What is wrong with the number of entries; empty where nothing is. */
    String complaint(int found) {
        if (most < 0 || (found >= least && found <= most)) {
            return "";
        }
        String expected = least == most ? Integer.toString(least) : least + " to " + most;
        return (found > most ? "more than " + most : Integer.toString(found)) + " entries found, expected " + expected;
    }
}
