package org.mailsonar.intake.mailbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.OneLine;

/** Reads what {@link MailboxSettings#parse} describes. Its error texts show scheme, host and port only: the rest may hold secrets. */
record MailboxUrl(
        MailboxSettings.Protocol protocol,
        String host,
        int port,
        MailboxSecurity security,
        String folder,
        @Nullable String junk) {

    private static final String REMEDY =
            "write imaps://host, imap://host, pop3s://host or pop3://host, with :port where it is not the usual one";

    static MailboxUrl parse(String url) {
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "imap" -> read(scheme, url, MailboxSettings.Protocol.IMAP, 143);
            case "imaps" -> read(scheme, url, MailboxSettings.Protocol.IMAP, 993);
            case "pop3" -> read(scheme, url, MailboxSettings.Protocol.POP3, 110);
            case "pop3s" -> read(scheme, url, MailboxSettings.Protocol.POP3, 995);
            default -> throw new IllegalArgumentException("this is no mailbox that Mailsonar knows: " + REMEDY);
        };
    }

    private static MailboxUrl read(String scheme, String url, MailboxSettings.Protocol protocol, int usualPort) {
        if (url.indexOf('@') >= 0) {
            throw bad("a URL holds no user and no password: use the keys user and passwordFile", scheme + ":");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw bad(REMEDY, scheme + ":"); // its message repeats the URL
        }
        String host = uri.getHost();
        int port = uri.getPort() < 0 ? usualPort : uri.getPort();
        if (host == null || uri.getRawFragment() != null || uri.getPath().length() > 1 || port < 1 || port > 65535) {
            throw bad(REMEDY, scheme + ":");
        }
        String bareHost = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String shown = scheme + "://" + host + ":" + port;
        Map<String, String> options = options(uri.getRawQuery(), shown);
        String folder = options.remove("folder");
        String junk = options.remove("junk");
        MailboxSecurity security = security(scheme.endsWith("s"), bareHost, options.remove("starttls"), shown);
        if (!options.isEmpty()) {
            String unknown = OneLine.ascii(options.keySet().iterator().next());
            throw bad("there is no option '" + unknown + "'; the options are folder, junk and starttls", shown);
        }
        return new MailboxUrl(protocol, bareHost, port, security, folder == null ? "INBOX" : folder, junk);
    }

    private static Map<String, String> options(@Nullable String query, String shown) {
        Map<String, String> options = new HashMap<>();
        for (String option : query == null ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            if (equals < 1 || equals == option.length() - 1) {
                throw bad("an option in the query is written name=value", shown);
            }
            String value = URLDecoder.decode(option.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            if (options.put(option.substring(0, equals), value) != null) {
                throw bad("option '" + OneLine.ascii(option.substring(0, equals)) + "' is given twice", shown);
            }
        }
        return options;
    }

    private static MailboxSecurity security(boolean implicit, String host, @Nullable String word, String shown) {
        if (implicit) {
            if (word != null) {
                throw bad("it speaks TLS from the first byte: remove starttls, or the s of the scheme", shown);
            }
            return MailboxSecurity.IMPLICIT;
        }
        return switch (word == null ? (isLoopback(host) ? "off" : "require") : word) {
            case "require" -> MailboxSecurity.STARTTLS;
            case "off" -> {
                if (!isLoopback(host)) {
                    throw bad("the login would be sent unencrypted to another machine: remove starttls=off", shown);
                }
                yield MailboxSecurity.NONE;
            }
            default -> throw bad("starttls is off or require", shown);
        };
    }

    MailboxSettings settings(MailboxLogin login, int maxMessageSize, EmailAddress ownAddress) {
        return new MailboxSettings(
                protocol,
                host,
                port,
                security,
                folder,
                junk,
                null,
                login,
                MailboxSettings.DEFAULT_POLL,
                maxMessageSize,
                ownAddress);
    }

    /** Known by name, without asking DNS: reading a configuration must not hang. */
    static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        boolean isNumeric = host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || (host.startsWith("127.") && isNumeric);
    }

    private static IllegalArgumentException bad(String remedy, String shown) {
        return new IllegalArgumentException(shown + " cannot be used as it is written: " + remedy);
    }
}
