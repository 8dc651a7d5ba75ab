package org.mailsonar.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.smtp.TlsFiles;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.notify.NotifySettings;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.report.daily.ReportSettings;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.Target;

/**
 * A monitor's configuration file, {@code conf/monitor.yaml}.
 *
 * @param settings who the monitor is
 * @param key its key pair
 * @param database where the ledger is
 * @param submission the host that takes the probes
 * @param returns how returns reach the monitor
 * @param tls the certificate of its listeners and its key, whose files are not opened yet; null for none
 * @param targets what it measures, in the order of the file
 * @param checks what it checks beside
 * @param selfProbe how often it probes itself; null for never
 * @param telling who is told of what, and how
 * @param report who is sent the report of each day; null for nobody
 * @param retention how long things are kept
 * @param log where {@code receive} logs
 */
public record MonitorConfig(
        MonitorSettings settings,
        KeyPair key,
        DatabaseSettings database,
        RelaySettings submission,
        MonitorReturns returns,
        @Nullable TlsFiles tls,
        List<Target> targets,
        MonitorChecks checks,
        @Nullable Duration selfProbe,
        NotifySettings telling,
        @Nullable ReportSettings report,
        Retention retention,
        PipeLogSettings log) {

    /** 64 octets (RFC 5321 §4.5.3.1.1) less a plus sign and a probe's id. */
    private static final int LONGEST_LOCAL_PART = 64 - 1 - ProbeId.LENGTH;

    /**
     * Reads a file.
     *
     * @throws ConfigException when anything in it is wrong, the key that it names included
     */
    public static MonitorConfig load(Path file) throws ConfigException {
        return load(file, new ArrayList<>());
    }

    /** The same; the file, and those with secrets that it names, are added to the list, also when something is wrong. */
    public static MonitorConfig load(Path file, List<Path> parts) throws ConfigException {
        ConfigSection top = ConfigNode.read(file, parts)
                .section(
                        "vantage",
                        "database",
                        "key",
                        "from",
                        "returnTo",
                        "submit",
                        "returns",
                        "tls",
                        "selfProbe",
                        "authservIds",
                        "notify",
                        "report",
                        "retention",
                        "defaults",
                        "targets",
                        "checks",
                        "dialogues",
                        "host",
                        "instances",
                        "sites",
                        "validity",
                        "log");
        TlsFiles tls = ListenReader.tls(top.optional("tls"));
        MonitorSettings settings = new MonitorSettings(
                ReflectorConfig.hostName(top.optional("vantage")),
                "",
                top.required("from", "probe@monitor.test").as(MonitorConfig::from),
                top.required("returnTo", "return@monitor.test").as(EmailAddress::parse),
                top.optional("validity", Quantities::duration, MonitorSettings.DEFAULT_VALIDITY),
                Set.copyOf(authservIds(top.optional("authservIds"))));
        Map<String, ConfigNode> checksOfTargets = new LinkedHashMap<>();
        List<Target> targets = TargetsReader.read(top, checksOfTargets);
        return new MonitorConfig(
                settings,
                keyPair(top.required("key", "keys/monitor.key")),
                DatabaseSettings.read(top.required("database", "jdbc:sqlite:../var/mailsonar.db")),
                RelayReader.read(top.required("submit", "smtp://127.0.0.1:25")),
                MonitorReturns.read(top.optional("returns"), tls, settings.returnTo()),
                tls,
                targets,
                CheckTargetsReader.read(top, targets, checksOfTargets),
                selfProbe(top.optional("selfProbe")),
                NotifyReader.read(top.optional("notify")),
                ReportReader.read(top.optional("report")),
                Retention.read(top.optional("retention")),
                PipeLogSettings.read(top.optional("log")));
    }

    /** Whether another configuration differs in nothing but targets, their defaults and checks; its key is not compared. */
    public boolean sameButTargets(MonitorConfig other) {
        return settings.equals(other.settings)
                && database.equals(other.database)
                && submission.equals(other.submission)
                && returns.equals(other.returns)
                && Objects.equals(tls, other.tls)
                && Objects.equals(selfProbe, other.selfProbe)
                && telling.equals(other.telling)
                && Objects.equals(report, other.report)
                && retention.equals(other.retention);
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

    private static @Nullable Duration selfProbe(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return Duration.ofMinutes(5);
        }
        if (node.text().equals("off")) {
            return null;
        }
        try {
            return node.as(Quantities::duration);
        } catch (ConfigException neither) {
            throw node.error("'" + node.text() + "' is no duration; write for example 5m, or off");
        }
    }

    private static List<String> authservIds(@Nullable ConfigNode node) throws ConfigException {
        return node == null ? List.of() : List.copyOf(node.listOf(text -> text));
    }

    static KeyPair keyPair(ConfigNode node) throws ConfigException {
        Path keyFile = node.path();
        try {
            return KeyFiles.readPair(keyFile);
        } catch (KeyFileException unusable) {
            throw node.error(String.valueOf(unusable.getMessage()));
        }
    }
}
