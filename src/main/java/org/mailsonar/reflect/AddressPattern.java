package org.mailsonar.reflect;

import java.util.Locale;
import org.mailsonar.message.EmailAddress;

/**
 * Which return addresses a key may use: one address, or all of a domain.
 *
 * @param local the local part, or {@code *} for any
 * @param domain the domain
 */
public record AddressPattern(String local, String domain) {

    private static final String ANY = "*";

    /**
     * Reads {@code return@monitor.test} or {@code *@monitor.test}.
     *
     * @throws IllegalArgumentException when it is neither; the message says what would be right
     */
    public static AddressPattern parse(String text) {
        if (text.startsWith("*@")) {
            // The address check is the domain's; any local part does for it.
            EmailAddress anybody = EmailAddress.parse("anybody" + text.substring(1));
            return new AddressPattern(ANY, anybody.domain());
        }
        if (text.contains(ANY)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no pattern: write an address, or * for the whole part before the @");
        }
        EmailAddress address = EmailAddress.parse(text);
        return new AddressPattern(address.local(), address.domain());
    }

    /**
     * Whether the pattern allows an address; case is ignored. {@code *} does not allow {@code other%elsewhere.test@…} and {@code
     * elsewhere.test!other@…}: many mail servers still read those as a route to another domain.
     */
    public boolean allows(EmailAddress address) {
        return lowerCase(domain).equals(lowerCase(address.domain()))
                && (local.equals(ANY)
                        ? address.local().indexOf('%') < 0 && address.local().indexOf('!') < 0
                        : lowerCase(local).equals(lowerCase(address.local())));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
