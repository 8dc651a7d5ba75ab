package org.mailsonar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.intake.smtp.TlsFiles;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;
import org.mailsonar.probe.ReturnSigner;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.reflect.AddressPattern;
import org.mailsonar.reflect.ReflectorSettings;
import org.mailsonar.reflect.Trust;
import org.mailsonar.relay.RelaySettings;

/**
 * A reflector's configuration file, {@code conf/reflector.yaml}.
 *
 * @param settings what the reflector needs
 * @param relay how returns leave
 * @param listen where the resident reflector listens
 * @param watch the directories that the resident reflector watches, its spool among them
 * @param mailboxes the mailboxes that the resident reflector watches
 * @param tls the certificate of its listeners and its key, whose files are not opened yet; null for none
 * @param limits what of it there may be
 * @param strangers what a listener does with mail that is no proven probe
 * @param log where the pipe program logs
 * @param logFormat how the resident reflector logs
 * @param metrics where the resident reflector shows metrics and its health; null for nowhere
 */
public record ReflectorConfig(
        ReflectorSettings settings,
        RelaySettings relay,
        List<ListenUrl> listen,
        List<WatchUrl> watch,
        List<MailboxSettings> mailboxes,
        @Nullable TlsFiles tls,
        ReflectorLimits limits,
        Strangers strangers,
        PipeLogSettings log,
        LogFormat logFormat,
        @Nullable StatusAddress metrics) {

    /** What a listener does with mail that is no proven probe. */
    public enum Strangers {
        /** Refuses it in the dialogue: right for a listener that strangers' servers talk to. */
        REFUSE,
        /** Takes it and drops it: right behind a mail server of one's own, which would otherwise send bounces. */
        DISCARD;

        static Strangers parse(String text) {
            return switch (text) {
                case "refuse" -> REFUSE;
                case "discard" -> DISCARD;
                default -> throw new IllegalArgumentException("'" + text + "' is neither refuse nor discard");
            };
        }
    }

    /** How a long-running program writes its log. */
    public enum LogFormat {
        /** A line for people. */
        TEXT,
        /** A JSON object on each line. */
        JSON;

        static LogFormat parse(String text) {
            return switch (text) {
                case "text" -> TEXT;
                case "json" -> JSON;
                default -> throw new IllegalArgumentException("'" + text + "' is neither text nor json");
            };
        }
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException when anything in it is wrong, the keys that it names included
     */
    public static ReflectorConfig load(Path file) throws ConfigException {
        return load(file, new ArrayList<>());
    }

    /**
     * Reads a file, and tells which files it is made of.
     *
     * @param parts gets this file and those that it names and that were read or are missing: when one of them changes, so may the
     *     configuration. It is filled also when something is wrong.
     * @throws ConfigException when anything in it is wrong, the keys that it names included
     */
    public static ReflectorConfig load(Path file, List<Path> parts) throws ConfigException {
        ConfigSection top = ConfigNode.read(file, parts)
                .section(
                        "address",
                        "recipients",
                        "trust",
                        "envelopeSender",
                        "clockSkew",
                        "hostName",
                        "relay",
                        "listen",
                        "tls",
                        "spool",
                        "watch",
                        "mailboxes",
                        "strangers",
                        "limits",
                        "signWith",
                        "log",
                        "logFormat",
                        "metrics");
        EmailAddress address = top.required("address", "webscout@company.test").as(EmailAddress::parse);
        ConfigNode recipients = top.optional("recipients");
        ConfigNode metrics = top.optional("metrics");
        TlsFiles tls = ListenReader.tls(top.optional("tls"));
        ReflectorLimits limits = LimitsReader.read(top.optional("limits"));
        ReflectorSettings settings = new ReflectorSettings(
                address,
                recipients == null ? List.of(address) : recipients(recipients),
                trust(top.required("trust", "[{key: keys/monitor.pub, returnTo: ['*@monitor.test']}]")),
                envelopeSender(top.optional("envelopeSender")),
                top.optional("clockSkew", Quantities::duration, TokenVerifier.DEFAULT_SKEW),
                hostName(top.optional("hostName")),
                Programs.version(),
                signer(top.optional("signWith")));
        return new ReflectorConfig(
                settings,
                RelayReader.read(top.required("relay", "smtp://127.0.0.1:25")),
                ListenReader.urls(top.optional("listen"), tls),
                WatchReader.read(top.optional("spool"), top.optional("watch")),
                MailboxReader.read(top.optional("mailboxes"), limits.messageSize(), address),
                tls,
                limits,
                top.optional("strangers", Strangers::parse, Strangers.REFUSE),
                PipeLogSettings.read(top.optional("log")),
                top.optional("logFormat", LogFormat::parse, LogFormat.TEXT),
                metrics == null ? null : metrics.as(StatusAddress::parse));
    }

    /** How many bytes of a message are taken. */
    public int messageSize() {
        return limits.messageSize();
    }

    private static List<Trust> trust(ConfigNode node) throws ConfigException {
        List<Trust> trust = new ArrayList<>();
        for (ConfigNode item : node.list()) {
            ConfigSection section = item.section("key", "returnTo");
            ConfigNode key = section.required("key", "keys/monitor.pub");
            List<AddressPattern> returnTo =
                    section.required("returnTo", "['*@monitor.test']").listOf(AddressPattern::parse);
            if (returnTo.isEmpty()) {
                throw section.place()
                        .error("returnTo is empty, so nothing would be returned; add for example *@monitor.test");
            }
            Path keyFile = key.part();
            try {
                trust.add(new Trust(KeyFiles.readPublic(keyFile), returnTo));
            } catch (KeyFileException unusable) {
                throw key.error(String.valueOf(unusable.getMessage()));
            }
        }
        if (trust.isEmpty()) {
            throw node.error("no key is trusted, so nothing would be returned; name the .pub file of the monitor");
        }
        return trust;
    }

    private static @Nullable ReturnSigner signer(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return null;
        }
        Path keyFile = node.part();
        try {
            return new ReturnSigner(KeyFiles.readPrivate(keyFile));
        } catch (KeyFileException unusable) {
            throw node.error(String.valueOf(unusable.getMessage()));
        }
    }

    private static List<EmailAddress> recipients(ConfigNode node) throws ConfigException {
        List<EmailAddress> recipients = node.listOf(EmailAddress::parse);
        if (recipients.isEmpty()) {
            throw node.error("no address is probed, so nothing would be returned; add one, or remove this key");
        }
        return recipients;
    }

    private static @Nullable EmailAddress envelopeSender(@Nullable ConfigNode node) throws ConfigException {
        return node == null || node.text().equals("<>") ? null : node.as(EmailAddress::parse);
    }

    static String hostName(@Nullable ConfigNode node) throws ConfigException {
        return node == null ? LocalHostName.find() : node.text();
    }
}
