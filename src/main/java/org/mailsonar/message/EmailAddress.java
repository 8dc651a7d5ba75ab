package org.mailsonar.message;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A mailbox address, {@code local@domain} (RFC 5321 §4.1.2, without source routes, comments or quoted local parts, which
 * no probe ever needs). Upper and lower case are kept as written; {@link #equals} ignores case in both halves, since no
 * mail server of today tells {@code Webscout} from {@code webscout}. A local part that begins with a dash is refused as well:
 * programs that are given such an address take it for an option.
 *
 * @param local what stands before the last {@code @}: 1 to 64 octets
 * @param domain a host name or an address literal such as {@code [127.0.0.1]}: 1 to 255 octets
 */
public record EmailAddress(String local, String domain) {

    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 255;

    /** Refuses what could not stand unquoted in an SMTP command, with an {@link IllegalArgumentException} that says why. */
    public EmailAddress {
        check(
                !local.isEmpty() && octets(local) <= LONGEST_LOCAL_PART,
                local,
                domain,
                "a local part has 1 to 64 octets");
        check(!domain.isEmpty() && octets(domain) <= LONGEST_DOMAIN, local, domain, "a domain has 1 to 255 octets");
        check(
                local.chars().allMatch(EmailAddress::isLocalPartCharacter),
                local,
                domain,
                "the local part holds a character that would need quoting");
        check(
                domain.chars().allMatch(EmailAddress::isDomainCharacter),
                local,
                domain,
                "the domain holds a character that no domain has");
        check(isLiteral(domain) || isHostName(domain), local, domain, "the domain is no host name");
        check(!local.startsWith("-"), local, domain, "it begins with a dash");
        check(
                !local.startsWith(".") && !local.endsWith(".") && !local.contains(".."),
                local,
                domain,
                "a dot is missing its neighbour");
    }

    /**
     * Reads {@code local@domain}; angle brackets around it are allowed.
     *
     * @throws IllegalArgumentException when it is not such an address; the message says what is wrong, on one line
     */
    public static EmailAddress parse(String text) {
        String address = text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
        int at = address.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("'" + printable(address) + "' is no mail address: it has no @");
        }
        return new EmailAddress(address.substring(0, at), address.substring(at + 1));
    }

    /** The address without its extension: {@code webscout@company.test} for {@code webscout+x@company.test}. */
    public EmailAddress withoutExtension() {
        int plus = local.indexOf('+');
        boolean isExtended = plus > 0 && local.charAt(plus - 1) != '.'; // "a.+b" without "+b" would be no address
        return isExtended ? new EmailAddress(local.substring(0, plus), domain) : this;
    }

    /** Whether the two are at the same domain, ignoring case. */
    public boolean sameDomain(EmailAddress other) {
        return lowerCase(domain).equals(lowerCase(other.domain));
    }

    /** Whether it holds other than ASCII, and so needs SMTPUTF8 (RFC 6531). */
    public boolean isInternationalized() {
        return toString().chars().anyMatch(c -> c > 126);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailAddress that && lowerCase(toString()).equals(lowerCase(that.toString()));
    }

    @Override
    public int hashCode() {
        return lowerCase(toString()).hashCode();
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }

    private static void check(boolean good, String local, String domain, String why) {
        if (!good) {
            throw new IllegalArgumentException("'" + printable(local + "@" + domain) + "' is no mail address: " + why);
        }
    }

    /** Addresses come from strangers and end in log lines and error texts: no control character may get there. */
    private static String printable(String text) {
        String shown = text.length() > 120 ? text.substring(0, 120) + "…" : text;
        return shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    /** Not {@code equalsIgnoreCase}, to which the dotless and the Kelvin sign are plain letters while hash codes differ. */
    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isLiteral(String domain) {
        return domain.startsWith("[")
                && domain.indexOf(']') == domain.length() - 1
                && domain.lastIndexOf('[') == 0
                && domain.length() > 2;
    }

    private static boolean isHostName(String domain) {
        boolean labelsBeginAndEndWell = !("." + domain + ".").contains("..")
                && !("." + domain).contains(".-")
                && !(domain + ".").contains("-.");
        return labelsBeginAndEndWell && domain.chars().noneMatch(c -> "[]:".indexOf(c) >= 0);
    }

    private static boolean isLocalPartCharacter(int c) {
        return c > 127
                ? Character.isLetterOrDigit(c)
                : Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
    }

    private static boolean isDomainCharacter(int c) {
        return Character.isLetterOrDigit(c) || ".-_[]:".indexOf(c) >= 0;
    }
}
