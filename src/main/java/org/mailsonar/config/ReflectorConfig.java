package org.mailsonar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;
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
 * @param mailboxes the mailboxes that the resident reflector watches
 * @param messageSize how many bytes of a message are taken
 * @param connections how many clients a listener has at a time
 * @param perMinute how many messages all listeners together hand on in a minute
 * @param strangers what a listener does with mail that is no proven probe
 * @param log where the pipe program logs
 */
public record ReflectorConfig(
        ReflectorSettings settings,
        RelaySettings relay,
        List<ListenUrl> listen,
        List<MailboxSettings> mailboxes,
        int messageSize,
        int connections,
        int perMinute,
        Strangers strangers,
        PipeLogSettings log) {

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

    private static final int DEFAULT_MESSAGE_SIZE = 256 * 1024;
    private static final int DEFAULT_CONNECTIONS = 200;
    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    /**
     * Reads a file.
     *
     * @throws ConfigException when anything in it is wrong, the keys that it names included
     */
    public static ReflectorConfig load(Path file) throws ConfigException {
        ConfigSection top = ConfigNode.read(file)
                .section(
                        "address",
                        "recipients",
                        "trust",
                        "envelopeSender",
                        "clockSkew",
                        "hostName",
                        "relay",
                        "listen",
                        "mailboxes",
                        "strangers",
                        "limits",
                        "log");
        EmailAddress address = top.required("address", "webscout@company.test").as(EmailAddress::parse);
        ConfigNode recipients = top.optional("recipients");
        ConfigNode listen = top.optional("listen");
        ConfigNode limits = top.optional("limits");
        ConfigSection limit = limits == null ? null : limits.section("messageSize", "connections", "perMinute");
        int messageSize = limit == null
                ? DEFAULT_MESSAGE_SIZE
                : limit.optional("messageSize", Quantities::messageSize, DEFAULT_MESSAGE_SIZE);
        ReflectorSettings settings = new ReflectorSettings(
                address,
                recipients == null ? List.of(address) : recipients(recipients),
                trust(top.required("trust", "[{key: keys/monitor.pub, returnTo: ['*@monitor.test']}]")),
                envelopeSender(top.optional("envelopeSender")),
                top.optional("clockSkew", Quantities::duration, TokenVerifier.DEFAULT_SKEW),
                hostName(top.optional("hostName")),
                Programs.version());
        return new ReflectorConfig(
                settings,
                RelayReader.read(top.required("relay", "smtp://127.0.0.1:25")),
                listen == null ? List.of() : List.copyOf(listen.listOf(ListenUrl::parse)),
                MailboxReader.read(top.optional("mailboxes"), messageSize, address),
                messageSize,
                limit == null
                        ? DEFAULT_CONNECTIONS
                        : limit.optional("connections", Quantities::number, DEFAULT_CONNECTIONS),
                limit == null ? ANY_NUMBER : limit.optional("perMinute", Quantities::number, ANY_NUMBER),
                top.optional("strangers", Strangers::parse, Strangers.REFUSE),
                PipeLogSettings.read(top.optional("log")));
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
            Path keyFile = key.path();
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
