package org.mailsonar.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.http.HttpCheck;
import org.mailsonar.check.ldap.LdapCheck;
import org.mailsonar.check.protocol.CheckSettings;
import org.mailsonar.check.protocol.CheckUrl;
import org.mailsonar.check.protocol.Dialogue;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.check.protocol.Login;
import org.mailsonar.check.protocol.ProtocolChecks;
import org.mailsonar.check.protocol.TlsSettings;
import org.mailsonar.time.TimeSource;

/** Makes checks of URLs, of every scheme. The files that a URL names are read now; nothing is connected to. Immutable. */
public final class ChecksReader {

    private static final Set<String> IMPLICIT = Set.of("smtps", "pop3s", "imaps", "https", "ldaps");
    private static final Set<String> NEVER_ENCRYPTED = Set.of("tcp", "http");
    private static final int MOST_DAYS = 3650;

    private final Map<String, Dialogue> dialogues = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Limits limits;
    private final TimeSource time;

    /**
     * Knows all schemes of Mailsonar's, and a site's own.
     *
     * @param own a site's own dialogues
     * @param limits for URLs that say nothing of time
     */
    public ChecksReader(List<Dialogue> own, Limits limits, TimeSource time) {
        this.limits = limits;
        this.time = time;
        for (Dialogue dialogue : own) {
            dialogues.put(dialogue.scheme(), dialogue);
            ports.put(dialogue.scheme(), dialogue.port());
        }
    }

    /** Whether Mailsonar has a dialogue of this name itself. */
    static boolean isBuiltIn(String scheme) {
        return CheckUrl.schemes().contains(scheme);
    }

    /**
     * What can be looked at.
     *
     * @param host where it is, a name or an address
     */
    public record Place(String host, Check check) {}

    /**
     * The check of a URL.
     *
     * @param directory what relative names of files in it are relative to
     * @throws ConfigException in words that hold no secret, when the URL or a file that it names is no good
     */
    public Place read(String url, Path directory) throws ConfigException {
        return read(url, directory::resolve);
    }

    /**
     * The same where names of files in it mean something else.
     *
     * @param files gives the file of a name, or throws an {@link IllegalArgumentException} that says why there is none
     */
    public Place read(String url, UnaryOperator<Path> files) throws ConfigException {
        try {
            CheckUrl parsed = CheckUrl.parse(url, ports);
            return new Place(parsed.host(), check(parsed, files));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigException(String.valueOf(wrong.getMessage()));
        }
    }

    /** The check of a URL that stands in a file; what is wrong with it is told of its place there. */
    Check read(ConfigNode node) throws ConfigException {
        return node.as(text -> check(CheckUrl.parse(text, ports), node::part));
    }

    private Check check(CheckUrl url, UnaryOperator<Path> files) {
        CheckSettings settings = new CheckSettings(url, login(url, files), tls(url, files), limits(url));
        Dialogue own = dialogues.get(url.scheme());
        if (own != null) {
            return ProtocolChecks.of(settings, own, time);
        }
        return switch (url.scheme()) {
            case "ldap", "ldaps" -> LdapCheck.of(settings, time);
            case "http", "https" -> HttpCheck.of(settings, time);
            default -> ProtocolChecks.of(settings, time);
        };
    }

    private static @Nullable Login login(CheckUrl url, UnaryOperator<Path> files) {
        String user = url.options().get("user");
        String file = url.options().get("passwordFile");
        String variable = url.options().get("passwordEnv");
        if (file != null && variable != null) {
            throw wrong("passwordEnv", "there are both passwordFile and passwordEnv; leave one of them");
        }
        if (user == null) {
            if (file != null || variable != null) {
                throw wrong("user", "there is a password and nobody whose it is; add user=NAME");
            }
            return null;
        }
        if (file != null) {
            return new Login(user, named("passwordFile", () -> Secrets.inFile(files.apply(Path.of(file)))));
        }
        if (variable != null) {
            return new Login(user, named("passwordEnv", () -> Secrets.inEnvironment(variable)));
        }
        if (!Login.isAnonymous(user)) {
            throw wrong("user", "nothing proves who logs in; add passwordFile=FILE");
        }
        return Login.anonymous(user);
    }

    private TlsSettings tls(CheckUrl url, UnaryOperator<Path> files) {
        TlsSettings.Security security = security(url);
        String caFile = url.options().get("caFile");
        TlsSettings usual = TlsSettings.of(security);
        return new TlsSettings(
                security,
                caFile == null ? null : named("caFile", () -> readable(files.apply(Path.of(caFile)))),
                url.options().get("name"),
                days(url, "warnDays", usual.warnDays()),
                days(url, "failDays", usual.failDays()));
    }

    private TlsSettings.Security security(CheckUrl url) {
        Dialogue own = dialogues.get(url.scheme());
        if (own == null ? IMPLICIT.contains(url.scheme()) : own.implicitTls()) {
            return TlsSettings.Security.IMPLICIT;
        }
        if (NEVER_ENCRYPTED.contains(url.scheme())) {
            return TlsSettings.Security.NONE;
        }
        String word = url.options().get("starttls");
        return switch (word == null ? "if-offered" : word) {
            case "if-offered" -> TlsSettings.Security.IF_OFFERED;
            case "require" -> TlsSettings.Security.REQUIRED;
            case "off" -> TlsSettings.Security.NONE;
            default -> throw wrong("starttls", "it is if-offered, require or off");
        };
    }

    private Limits limits(CheckUrl url) {
        Duration timeout = duration(url, "timeout");
        Duration slowAfter = duration(url, "slowAfter");
        return named(
                timeout == null ? "slowAfter" : "timeout",
                () -> new Limits(
                        timeout == null ? limits.timeout() : timeout,
                        slowAfter == null ? limits.slowAfter() : slowAfter));
    }

    private static @Nullable Duration duration(CheckUrl url, String name) {
        String text = url.options().get(name);
        return text == null ? null : named(name, () -> Quantities.duration(text));
    }

    private static int days(CheckUrl url, String name, int usual) {
        String text = url.options().get(name);
        if (text == null) {
            return usual;
        }
        int days = text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(text)
                : MOST_DAYS + 1;
        if (days > MOST_DAYS) {
            throw wrong(name, "it is a number of days, 0 to " + MOST_DAYS);
        }
        return days;
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " cannot be read; name a file that this user may read");
        }
        return file;
    }

    /** Makes something of an option; what is wrong with that is told of it. */
    private static <T> T named(String option, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException wrong) {
            throw wrong(option, String.valueOf(wrong.getMessage()));
        }
    }

    private static IllegalArgumentException wrong(String option, String whatAndRemedy) {
        return new IllegalArgumentException(option + ": " + whatAndRemedy);
    }
}
