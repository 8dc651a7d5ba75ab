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
 * @param limits how much it takes
 * @param protocol what is spoken
 * @param tls the certificate and key of this host; null for no TLS
 */
public record ListenerSettings(
        String host,
        int port,
        String hostName,
        Predicate<EmailAddress> recipients,
        ListenerLimits limits,
        ListenerProtocol protocol,
        @Nullable TlsFiles tls) {

    /** Refuses what makes no sense, with an {@link IllegalArgumentException} that says why on one line. */
    public ListenerSettings {
        ListenerLimits.check(port >= 0 && port <= 65535, "a port is 0 to 65535, not " + port);
        ListenerLimits.check(
                tls != null || !protocol.beginsWithTls(),
                protocol.scheme() + " needs the files of a certificate and its key");
        ListenerLimits.check(!hostName.isBlank(), "the listener needs a host name to call itself by");
        hostName = ReplyText.hostName(hostName);
    }

    /**
     * Listens there and, until told otherwise, takes nobody's mail, within {@link ListenerLimits#STANDARD}; it speaks SMTP without TLS.
     *
     * @param port 0 for any free one
     */
    public static ListenerSettings on(String host, int port) {
        return new ListenerSettings(
                host, port, nameOfThisHost(), address -> false, ListenerLimits.STANDARD, ListenerProtocol.SMTP, null);
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
        return new ListenerSettings(host, port, hostName, test, limits, protocol, tls);
    }

    /** Calls itself so in the greeting and in {@code Received} lines. */
    public ListenerSettings named(String name) {
        return new ListenerSettings(host, port, name, recipients, limits, protocol, tls);
    }

    /** Takes so much and no more. */
    public ListenerSettings limitedBy(ListenerLimits newLimits) {
        return new ListenerSettings(host, port, hostName, recipients, newLimits, protocol, tls);
    }

    /**
     * Speaks that protocol.
     *
     * @param files the certificate and key of this host, for STARTTLS or {@link ListenerProtocol#SMTPS}; null for no TLS
     */
    public ListenerSettings speaking(ListenerProtocol dialect, @Nullable TlsFiles files) {
        return new ListenerSettings(host, port, hostName, recipients, limits, dialect, files);
    }

    /** Takes messages of at most so many bytes. */
    public ListenerSettings withMaxMessageSize(int bytes) {
        return limitedBy(limits.withMessageSize(bytes));
    }

    /** Lets so many clients be connected at a time. */
    public ListenerSettings withMaxConnections(int connections) {
        return limitedBy(limits.withConnections(connections));
    }

    /** Waits so long for a client as long as the listener is not nearly full. */
    public ListenerSettings withPatience(Patience patience) {
        return limitedBy(limits.withSession(limits.session().withPatience(patience)));
    }

    /** Hangs up on a client that says nothing for so long. */
    public ListenerSettings withIdleLimit(Duration limit) {
        return withPatience(limits.session().patience().withSilence(limit));
    }

    /** Waits so long at closing for messages that are being handled. */
    public ListenerSettings withClosingLimit(Duration limit) {
        return limitedBy(limits.withClosing(limit));
    }

    private static String nameOfThisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException withoutName) {
            return "localhost";
        }
    }
}
