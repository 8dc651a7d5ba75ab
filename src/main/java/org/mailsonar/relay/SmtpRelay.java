package org.mailsonar.relay;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.relay.Transmission.Refused;

/**
 * Hands mail to one SMTP server over kept connections.
 *
 * <p>Accepted is the server's 2xx for the final dot, Refused its 5xx for a command or for the content, or what the server's
 * offers rule out (SIZE, 8BITMIME, SMTPUTF8). All else is Deferred: 4xx replies, trouble on the way, and whatever happens
 * before MAIL (a greeting of 554, a refused login), since none of it is about this message. A kept connection that turns out to be
 * dead, or that the server gives up with a 421, is replaced by a new one once, as long as no content was sent: that
 * cannot deliver twice. Thread-safe, and at home on virtual threads.
 */
final class SmtpRelay implements Relay {

    private final SmtpSettings settings;
    private final SmtpDoor door;
    private final ConnectionPool pool;

    SmtpRelay(SmtpSettings settings) {
        this.settings = settings;
        this.door = new SmtpDoor(settings);
        this.pool = new ConnectionPool(settings.limits());
    }

    @Override
    public Transmission send(OutgoingMail mail) {
        MessageData data = new MessageData(mail.content());
        if (data.hasBareLineEnds()) {
            return new Refused("the message holds a CR or an LF that stands alone");
        }
        try {
            pool.enter();
        } catch (SmtpTrouble e) {
            return deferred(e.text());
        }
        try {
            Transmission result = sendOverKept(mail, data);
            return result == null ? sendOverNew(mail, data) : result;
        } finally {
            pool.leave();
        }
    }

    /** Goes as far as a message would, up to the login, and says good-bye. */
    @Override
    public Optional<String> check() {
        try {
            door.open().quit();
            return Optional.empty();
        } catch (SmtpTrouble e) {
            return Optional.of(OneLine.ascii(settings.hostAndPort() + ": " + e.text()));
        }
    }

    @Override
    public String describe() {
        return settings.describe();
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Null when there is no kept connection, or when it was lost before any content was sent. */
    private @Nullable Transmission sendOverKept(OutgoingMail mail, MessageData data) {
        SmtpConnection connection = pool.takeIdle();
        if (connection == null) {
            return null;
        }
        connection.record(mail.transcript());
        if (mail.transcript() != null) {
            mail.transcript()
                    .note("over a kept connection to "
                            + connection.peerAddress().getHostAddress());
        }
        SmtpTransaction transaction = new SmtpTransaction(connection, mail, data, settings.limits());
        try {
            return finish(connection, transaction, transaction.run());
        } catch (SmtpTrouble e) {
            connection.close();
            boolean again = e.kind() == SmtpTrouble.Kind.LOST && !transaction.hasContentBegun();
            return again ? null : deferred(e, transaction);
        }
    }

    private Transmission sendOverNew(OutgoingMail mail, MessageData data) {
        SmtpConnection connection;
        try {
            connection = door.open(mail.transcript());
        } catch (SmtpTrouble e) {
            return deferred(e.text());
        }
        SmtpTransaction transaction = new SmtpTransaction(connection, mail, data, settings.limits());
        try {
            return finish(connection, transaction, transaction.run());
        } catch (SmtpTrouble e) {
            connection.close();
            return deferred(e, transaction);
        }
    }

    /** The result is known; what happens to the connection from here on does not change it. */
    private Transmission finish(SmtpConnection connection, SmtpTransaction transaction, Transmission result) {
        if (transaction.hasBegun() && !(result instanceof Transmission.Accepted) && connection.isUsable()) {
            reset(connection);
        }
        connection.record(null);
        pool.keep(connection);
        return result;
    }

    private static void reset(SmtpConnection connection) {
        try {
            if (!connection.command("RSET\r\n", "RSET").isPositive()) {
                connection.close();
            }
        } catch (SmtpTrouble e) {
            connection.close();
        }
    }

    private Transmission deferred(SmtpTrouble trouble, SmtpTransaction transaction) {
        return deferred(
                transaction.isContentSent()
                        ? trouble.text() + "; the server may have taken the message"
                        : trouble.text());
    }

    private Transmission deferred(String text) {
        return Deferred.unanswered(OneLine.ascii(settings.hostAndPort() + ": " + text));
    }
}
