package org.mailsonar.intake.smtp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;

/**
 * Where an {@link SmtpListener} listens, what it takes and where its limits are. Made by {@link #on} and refined by the other
 * methods, each of which gives a changed copy. Immutable; thread-safe if the recipient test is.
 *
 * @param host the address or name to listen on; {@code 0.0.0.0} or {@code ::} for all
 * @param port 0 to 65535; 0 takes any free one, which {@link SmtpListener#port()} tells
 * @param hostName what the listener calls itself in its greeting and in {@code Received} lines
 * @param recipients whose mail is taken; asked for each RCPT on a thread that must not block
 * @param maxMessageSize the longest message in bytes, from 1 KiB to 64 MiB; announced as SIZE (RFC 1870)
 * @param maxConnections how many clients may be connected at a time, at least 1; one more is told 421
 * @param idleLimit how long a client may be silent before it is told 421 (RFC 5321 §4.5.3.2.7 asks for five minutes)
 * @param closingLimit how long {@link SmtpListener#close()} waits for messages that are being handled
 * @param protocol what is spoken
 * @param tls the certificate and key of this host; null for no TLS
 */
public record ListenerSettings(
        String host,
        int port,
        String hostName,
        Predicate<EmailAddress> recipients,
        int maxMessageSize,
        int maxConnections,
        Duration idleLimit,
        Duration closingLimit,
        ListenerProtocol protocol,
        @Nullable TlsFiles tls) {

    private static final int SMALLEST_SIZE_LIMIT = 1024;
    private static final int LARGEST_SIZE_LIMIT = 64 * 1024 * 1024;

    /** Refuses what makes no sense, with an {@link IllegalArgumentException} that says why on one line. */
    public ListenerSettings {
        check(port >= 0 && port <= 65535, "a port is 0 to 65535, not " + port);
        check(
                maxMessageSize >= SMALLEST_SIZE_LIMIT && maxMessageSize <= LARGEST_SIZE_LIMIT,
                "the message size limit is 1 KiB to 64 MiB, not " + maxMessageSize);
        check(maxConnections >= 1, "at least one connection must be allowed, not " + maxConnections);
        check(idleLimit.isPositive(), "the idle limit must be positive, not " + idleLimit);
        check(!closingLimit.isNegative(), "the closing limit must not be negative, not " + closingLimit);
        check(
                tls != null || !protocol.beginsWithTls(),
                protocol.scheme() + " needs the files of a certificate and its key");
        check(!hostName.isBlank(), "the listener needs a host name to call itself by");
        hostName = ReplyText.hostName(hostName);
    }

    /**
     * Listens there and, until told otherwise, takes nobody's mail, messages of up to 256 KiB, 200 connections, five minutes of
     * silence, and closes within ten seconds; it speaks SMTP without TLS.
     *
     * @param port 0 for any free one
     */
    public static ListenerSettings on(String host, int port) {
        return new ListenerSettings(
                host,
                port,
                nameOfThisHost(),
                address -> false,
                256 * 1024,
                200,
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                ListenerProtocol.SMTP,
                null);
    }

    /** Takes mail for these addresses, ignoring case, and for their extensions: {@code probe+anything@company.test} too. */
    public ListenerSettings accepting(EmailAddress... addresses) {
        return accepting(List.of(addresses));
    }

    /** Takes mail for these addresses, ignoring case, and for their extensions; with none, for nobody. */
    public ListenerSettings accepting(Collection<EmailAddress> addresses) {
        Set<EmailAddress> known = Set.copyOf(addresses);
        return acceptingIf(address -> known.contains(address) || known.contains(address.withoutExtension()));
    }

    /** Takes mail for whom the test accepts; it must not block. */
    public ListenerSettings acceptingIf(Predicate<EmailAddress> test) {
        return new ListenerSettings(
                host, port, hostName, test, maxMessageSize, maxConnections, idleLimit, closingLimit, protocol, tls);
    }

    /** Calls itself so in the greeting and in {@code Received} lines. */
    public ListenerSettings named(String name) {
        return new ListenerSettings(
                host, port, name, recipients, maxMessageSize, maxConnections, idleLimit, closingLimit, protocol, tls);
    }

    /**
     * Speaks that protocol.
     *
     * @param files the certificate and key of this host, for STARTTLS or {@link ListenerProtocol#SMTPS}; null for no TLS
     */
    public ListenerSettings speaking(ListenerProtocol dialect, @Nullable TlsFiles files) {
        return new ListenerSettings(
                host,
                port,
                hostName,
                recipients,
                maxMessageSize,
                maxConnections,
                idleLimit,
                closingLimit,
                dialect,
                files);
    }

    /** Takes messages of at most so many bytes. */
    public ListenerSettings withMaxMessageSize(int bytes) {
        return new ListenerSettings(
                host, port, hostName, recipients, bytes, maxConnections, idleLimit, closingLimit, protocol, tls);
    }

    /** Lets so many clients be connected at a time. */
    public ListenerSettings withMaxConnections(int connections) {
        return new ListenerSettings(
                host, port, hostName, recipients, maxMessageSize, connections, idleLimit, closingLimit, protocol, tls);
    }

    /** Hangs up on a client that says nothing for so long. */
    public ListenerSettings withIdleLimit(Duration limit) {
        return new ListenerSettings(
                host, port, hostName, recipients, maxMessageSize, maxConnections, limit, closingLimit, protocol, tls);
    }

    /** Waits so long at closing for messages that are being handled. */
    public ListenerSettings withClosingLimit(Duration limit) {
        return new ListenerSettings(
                host, port, hostName, recipients, maxMessageSize, maxConnections, idleLimit, limit, protocol, tls);
    }

    private static String nameOfThisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException withoutName) {
            return "localhost";
        }
    }

    private static void check(boolean good, String why) {
        if (!good) {
            throw new IllegalArgumentException(why);
        }
    }
}
