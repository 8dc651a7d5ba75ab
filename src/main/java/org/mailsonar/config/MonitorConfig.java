package org.mailsonar.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.smtp.TlsFiles;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;

/**
 * A monitor's configuration file, {@code conf/monitor.yaml}.
 *
 * @param settings who the monitor is
 * @param key its key pair
 * @param database the JDBC URL of the ledger, with an absolute path
 * @param submission the host that takes the probes
 * @param returns where the monitor listens for returns
 * @param tls the certificate of its listeners and its key, whose files are not opened yet; null for none
 * @param targets what it measures, in the order of the file
 * @param log where {@code receive} logs
 */
public record MonitorConfig(
        MonitorSettings settings,
        KeyPair key,
        String database,
        RelaySettings submission,
        List<ListenUrl> returns,
        @Nullable TlsFiles tls,
        List<Target> targets,
        PipeLogSettings log) {

    private static final String SQLITE = "jdbc:sqlite:";

    /** 64 octets (RFC 5321 §4.5.3.1.1) less a plus sign and a probe's id. */
    private static final int LONGEST_LOCAL_PART = 64 - 1 - ProbeId.LENGTH;

    /**
     * Reads a file.
     *
     * @throws ConfigException when anything in it is wrong, the key that it names included
     */
    public static MonitorConfig load(Path file) throws ConfigException {
        ConfigSection top = ConfigNode.read(file)
                .section(
                        "vantage",
                        "database",
                        "key",
                        "from",
                        "returnTo",
                        "submit",
                        "returns",
                        "tls",
                        "defaults",
                        "targets",
                        "validity",
                        "log");
        TlsFiles tls = ListenReader.tls(top.optional("tls"));
        MonitorSettings settings = new MonitorSettings(
                ReflectorConfig.hostName(top.optional("vantage")),
                top.required("from", "probe@monitor.test").as(MonitorConfig::from),
                top.required("returnTo", "return@monitor.test").as(EmailAddress::parse),
                top.optional("validity", Quantities::duration, MonitorSettings.DEFAULT_VALIDITY));
        return new MonitorConfig(
                settings,
                keyPair(top.required("key", "keys/monitor.key")),
                database(top.required("database", "jdbc:sqlite:../var/mailsonar.db")),
                RelayReader.read(top.required("submit", "smtp://127.0.0.1:25")),
                ListenReader.urls(top.optional("returns"), tls),
                tls,
                targets(top),
                PipeLogSettings.read(top.optional("log")));
    }

    /** The target of a name or an address; null when the file has none such. */
    public @Nullable Target target(String nameOrAddress) {
        for (Target target : targets) {
            if (target.name().equals(nameOrAddress)) {
                return target;
            }
        }
        for (Target target : targets) {
            if (target.address().toString().equalsIgnoreCase(nameOrAddress)) {
                return target;
            }
        }
        return null;
    }

    /** Each probe has an envelope sender of its own, this address with the probe's id behind it, which must fit as well. */
    private static EmailAddress from(String text) {
        EmailAddress from = EmailAddress.parse(text);
        int length = from.withoutExtension().local().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_LOCAL_PART) {
            throw new IllegalArgumentException("'" + text + "' is too long: before the @ " + LONGEST_LOCAL_PART
                    + " octets are allowed, since each probe's id is added there, and these are " + length);
        }
        return from;
    }

    private static KeyPair keyPair(ConfigNode node) throws ConfigException {
        Path keyFile = node.path();
        try {
            return KeyFiles.readPair(keyFile);
        } catch (KeyFileException unusable) {
            throw node.error(String.valueOf(unusable.getMessage()));
        }
    }

    /**
     * A relative path of an SQLite file is relative to the configuration file, as every path in it is. A URL of another kind is not
     * shown: it may hold a password. Names that SQLite does not take for a plain file could not be shared by processes.
     */
    private static String database(ConfigNode node) throws ConfigException {
        String url = node.text();
        String name = url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : "";
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
            throw node.error(
                    "this is no database that is supported; write jdbc:sqlite: and the path of a file, such as jdbc:sqlite:../var/mailsonar.db");
        }
        return SQLITE + node.resolve(node.as(text -> Path.of(name)));
    }

    private static List<Target> targets(ConfigSection top) throws ConfigException {
        ConfigNode node = top.required("targets", "[{address: webscout@company.test}]");
        ConfigNode defaults = top.optional("defaults");
        Target common = target(
                defaults == null ? null : defaults.section("every", "slowAfter", "timeout", "size"),
                new Target(
                        "defaults",
                        EmailAddress.parse("nobody@localhost"),
                        Timing.STANDARD.every(),
                        Timing.STANDARD.slowAfter(),
                        Timing.STANDARD.timeout(),
                        0));
        List<Target> targets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode item : node.list()) {
            ConfigSection section =
                    item.section("address", "name", "every", "slowAfter", "timeout", "size", "returnKey");
            EmailAddress address =
                    section.required("address", "webscout@company.test").as(EmailAddress::parse);
            ConfigNode name = section.optional("name");
            Target target = target(
                    section,
                    new Target(
                            name == null ? address.toString() : name.text(),
                            address,
                            common.every(),
                            common.slowAfter(),
                            common.timeout(),
                            common.size(),
                            returnKey(section.optional("returnKey"))));
            if (!names.add(target.name())) {
                throw item.error("there are two targets named '" + target.name() + "'; give one of them another name");
            }
            targets.add(target);
        }
        if (targets.isEmpty()) {
            throw node.error("there is no target; add for example: - address: webscout@company.test");
        }
        return List.copyOf(targets);
    }

    private static @Nullable TrustedKey returnKey(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        Path keyFile = node.path();
        try {
            return KeyFiles.readPublic(keyFile);
        } catch (KeyFileException unusable) {
            throw node.error(String.valueOf(unusable.getMessage()));
        }
    }

    private static Target target(@Nullable ConfigSection section, Target otherwise) throws ConfigException {
        if (section == null) {
            return otherwise;
        }
        Duration every = section.optional("every", Quantities::duration, otherwise.every());
        Duration slowAfter = section.optional("slowAfter", Quantities::duration, otherwise.slowAfter());
        Duration timeout = section.optional("timeout", Quantities::duration, otherwise.timeout());
        int size = section.optional("size", Quantities::size, otherwise.size());
        try {
            return new Target(
                    otherwise.name(), otherwise.address(), every, slowAfter, timeout, size, otherwise.returnKey());
        } catch (IllegalArgumentException contradiction) {
            throw section.place().error(String.valueOf(contradiction.getMessage()));
        }
    }
}
