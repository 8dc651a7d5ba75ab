package org.mailsonar.relay;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;

/** Reads what {@link RelaySettings#parse} describes. Its error texts show scheme, host and port only: the rest may hold secrets. */
final class RelayUrl {

    private static final String REMEDY =
            "write smtp://host:port, smtps://host:port, sendmail:/usr/sbin/sendmail or pickup:/path";
    private static final String SECRET_REMEDY =
            "a URL holds no password: name the user with ?user=name and its password with passwordFile";

    private final String shown;
    private final Map<String, String> options = new HashMap<>();

    private RelayUrl(String shown, @Nullable String query) {
        this.shown = shown;
        for (String option : query == null ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw bad("an option in the query is written name=value", shown);
            }
            if (options.put(option.substring(0, equals), decoded(option.substring(equals + 1))) != null) {
                throw bad("option '" + option.substring(0, equals) + "' is given twice", shown);
            }
        }
    }

    static RelaySettings parse(String url, @Nullable String password) {
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "smtp", "smtps" -> smtp(scheme, url, password);
            case "sendmail" -> sendmail(url.substring(colon + 1), password);
            case "pickup" -> pickup(url.substring(colon + 1), password);
            default -> throw new IllegalArgumentException("this is no relay that Mailsonar knows: " + REMEDY);
        };
    }

    private static SendmailSettings sendmail(String path, @Nullable String password) {
        if (password != null) {
            throw new IllegalArgumentException(
                    "sendmail: takes no password; remove passwordFile, or use smtp://host:port");
        }
        try {
            return new SendmailSettings(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("sendmail: is followed by a path: " + REMEDY, e);
        }
    }

    private static PickupSettings pickup(String path, @Nullable String password) {
        if (password != null) {
            throw new IllegalArgumentException(
                    "pickup: takes no password; remove passwordFile, or use smtp://host:port");
        }
        try {
            return new PickupSettings(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("pickup: is followed by a path: " + REMEDY, e);
        }
    }

    private static SmtpSettings smtp(String scheme, String url, @Nullable String password) {
        if (url.indexOf('@') >= 0 && url.indexOf('@') < authorityEnd(url)) {
            throw bad(SECRET_REMEDY, scheme + ":");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            // Its message repeats the URL, and so whatever secret was put there by mistake: it is not passed on.
            throw bad(REMEDY, scheme + ":");
        }
        String host = uri.getHost();
        if (host == null || uri.getRawFragment() != null || uri.getPath().length() > 1) {
            throw bad(REMEDY, scheme + ":");
        }
        String bareHost = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        boolean implicit = scheme.equals("smtps");
        int port = uri.getPort() >= 0 ? uri.getPort() : implicit ? 465 : 25;
        RelayUrl options = new RelayUrl(scheme + "://" + host + ":" + port, uri.getRawQuery());
        return options.settings(bareHost, port, implicit, password);
    }

    /** Where a '/', '?' or '#' ends host and port. */
    private static int authorityEnd(String url) {
        int end = url.indexOf("//") + 2;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private SmtpSettings settings(String host, int port, boolean implicit, @Nullable String password) {
        if (options.containsKey("password")) {
            throw bad(SECRET_REMEDY, shown);
        }
        TransportSecurity security = security(host, implicit);
        SmtpLogin login = login(options.remove("user"), password);
        String caFile = options.remove("caFile");
        String heloName = options.remove("helo");
        try {
            SmtpLimits limits = limits();
            if (!options.isEmpty()) {
                throw new IllegalArgumentException("there is no option '"
                        + OneLine.ascii(options.keySet().iterator().next())
                        + "'; the options are starttls, caFile, user, helo, connectTimeout, replyTimeout, dataTimeout,"
                        + " connections, idle and keep");
            }
            Path authorities = caFile == null ? null : Path.of(caFile);
            return new SmtpSettings(host, port, security, authorities, login, heloName, limits);
        } catch (IllegalArgumentException e) {
            throw bad(OneLine.ascii(String.valueOf(e.getMessage())), shown);
        }
    }

    private TransportSecurity security(String host, boolean implicit) {
        String word = options.remove("starttls");
        if (implicit && word != null) {
            throw bad("smtps speaks TLS from the first byte: remove starttls, or write smtp://", shown);
        }
        if (word == null) {
            return implicit
                    ? TransportSecurity.IMPLICIT
                    : isLoopback(host) ? TransportSecurity.NONE : TransportSecurity.STARTTLS_IF_OFFERED;
        }
        return switch (word) {
            case "auto" -> TransportSecurity.STARTTLS_IF_OFFERED;
            case "require" -> TransportSecurity.STARTTLS_REQUIRED;
            case "off" -> TransportSecurity.NONE;
            default -> throw bad("starttls is off, auto or require", shown);
        };
    }

    private @Nullable SmtpLogin login(@Nullable String user, @Nullable String password) {
        if (user == null && password == null) {
            return null;
        }
        if (user == null || user.isEmpty()) {
            throw bad("there is a password but nobody to log in: add ?user=name, or remove passwordFile", shown);
        }
        if (password == null) {
            throw bad("user needs a password: add passwordFile, or remove user", shown);
        }
        return new SmtpLogin(user, password);
    }

    private SmtpLimits limits() {
        SmtpLimits standard = SmtpLimits.DEFAULT;
        return new SmtpLimits(
                time("connectTimeout", standard.connect()),
                time("replyTimeout", standard.reply()),
                time("dataTimeout", standard.data()),
                number("connections", standard.connections()),
                number("idle", standard.idle()),
                time("keep", standard.keep()));
    }

    private int number(String name, int standard) {
        String word = options.remove(name);
        try {
            return word == null ? standard : Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is a number, such as " + name + "=" + standard, e);
        }
    }

    private Duration time(String name, Duration standard) {
        String word = options.remove(name);
        if (word == null) {
            return standard;
        }
        int digits = 0;
        while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            throw new IllegalArgumentException(name + " is a time such as 500ms, 30s, 2m or 1h");
        }
        long count = Long.parseLong(word.substring(0, digits));
        return switch (word.substring(digits)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> throw new IllegalArgumentException(name + " is a time such as 500ms, 30s, 2m or 1h");
        };
    }

    /** Known by name, without asking DNS: reading a configuration must not hang. */
    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("::1") || (host.startsWith("127.") && isNumeric(host));
    }

    private static boolean isNumeric(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** A plus stays a plus: it is common in user names, and nobody means a blank by it here. */
    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException bad(String remedy, String shown) {
        return new IllegalArgumentException(shown + " cannot be used as it is written: " + remedy);
    }
}
