package org.mailsonar.intake.mailbox;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.eclipse.angus.mail.pop3.POP3Message;
import org.eclipse.angus.mail.pop3.POP3Store;
import org.mailsonar.intake.mailbox.MailboxTrouble.Kind;
import org.mailsonar.message.MailMessage;

/**
 * One visit to a POP3 mailbox (RFC 1939). Messages are read with TOP alone, since servers mark as read what RETR has fetched. Nothing is
 * deleted unless {@link #quit} is called. For one thread.
 */
final class Pop3Connection implements AutoCloseable {

    /** The longest line of a message (RFC 5322 §2.1.1), its end included. */
    private static final int LONGEST_LINE = 1000;

    private final POP3Store store;
    private final POP3Folder inbox;

    private Pop3Connection(POP3Store store, POP3Folder inbox) {
        this.store = store;
        this.inbox = inbox;
    }

    /** Connects, encrypts and logs in. */
    static Pop3Connection open(MailboxSettings settings, MailboxLimits limits, String secret) throws MailboxTrouble {
        AtomicBoolean heard = new AtomicBoolean();
        Properties properties = ConnectionProperties.of(settings, limits, heard);
        boolean implicit = settings.security() == MailboxSecurity.IMPLICIT;
        POP3Store store = new POP3Store(Session.getInstance(properties), null, "pop3", implicit);
        try {
            store.connect(settings.host(), settings.port(), settings.login().user(), secret);
            POP3Folder inbox = (POP3Folder) store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            Pop3Connection connection = new Pop3Connection(store, inbox);
            connection.requireCapabilities();
            return connection;
        } catch (AuthenticationFailedException refused) {
            throw after(heard, refusal(String.valueOf(refused.getMessage()).replace(secret, "(secret)")));
        } catch (MessagingException failed) {
            close(store);
            throw after(heard, MailboxTrouble.of(failed));
        }
    }

    private static MailboxTrouble after(AtomicBoolean heard, MailboxTrouble trouble) {
        return heard.get() ? trouble.afterGreeting() : trouble;
    }

    /** The library reports all that goes wrong before the mailbox is open as a failed login. */
    private static MailboxTrouble refusal(String why) {
        if (why.contains(
                "\"this.resp\" is null")) { // its own failure when the server hangs up in the middle of a login
            return new MailboxTrouble(Kind.UNREACHABLE, "the connection ended during the login", null);
        }
        if (why.endsWith("timed out")) {
            return new MailboxTrouble(Kind.UNREACHABLE, "no answer in time (" + why + ")", null);
        }
        return why.startsWith("STLS required")
                ? new MailboxTrouble(
                        Kind.SECURITY, "the server does not offer STLS, so no login is sent to it; use pop3s://", null)
                : new MailboxTrouble(Kind.LOGIN, "the login is refused: " + why, null);
    }

    private void requireCapabilities() throws MailboxTrouble, MessagingException {
        var capabilities = store.capabilities();
        if (!capabilities.isEmpty() && !(capabilities.containsKey("TOP") && capabilities.containsKey("UIDL"))) {
            close();
            throw new MailboxTrouble(
                    Kind.SERVER, "the server offers no TOP and UIDL, without which mail cannot be left unread", null);
        }
    }

    /** How many messages there are; they are numbered from 1, the newest last. */
    int count() throws MailboxTrouble {
        try {
            return inbox.getMessageCount();
        } catch (MessagingException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    /** What names a message beyond this visit (RFC 1939 §7, UIDL). */
    String uid(int number) throws MailboxTrouble {
        try {
            return String.valueOf(inbox.getUID(inbox.getMessage(number)));
        } catch (MessagingException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    /** A message's header. */
    MailMessage header(int number) throws MailboxTrouble {
        try {
            Enumeration<String> lines = message(number).getAllHeaderLines();
            String text = String.join("\r\n", Collections.list(lines)) + "\r\n\r\n";
            return MailMessage.of(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (MessagingException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    /** The size of a message's body in bytes. */
    int size(int number) throws MailboxTrouble {
        try {
            return message(number).getSize();
        } catch (MessagingException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    /** A message, or some of its first lines, together at most so many bytes. */
    Content fetch(int number, int limit) throws MailboxTrouble {
        boolean isLong = size(number) > limit;
        int lines = isLong ? limit / LONGEST_LINE : limit;
        try (InputStream content = message(number).top(lines)) {
            return Content.of(content.readNBytes(limit + 1), limit, isLong);
        } catch (MessagingException | IOException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    /** Marks a message to be deleted by {@link #quit}. */
    void delete(int number) throws MailboxTrouble {
        try {
            message(number).setFlag(Flags.Flag.DELETED, true);
        } catch (MessagingException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    /** Frees what is held of a message's header. */
    void forget(int number) throws MailboxTrouble {
        try {
            message(number).invalidate(true);
        } catch (MessagingException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    private POP3Message message(int number) throws MessagingException {
        return (POP3Message) inbox.getMessage(number);
    }

    /** Deletes what is marked and ends the visit. Whether the server did it shows at the next visit alone. */
    void quit() throws MailboxTrouble {
        try {
            inbox.close(true);
        } catch (MessagingException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    @Override
    public void close() {
        try {
            if (inbox.isOpen()) {
                inbox.close(false);
            }
        } catch (MessagingException | IllegalStateException gone) {
            // it is over either way
        }
        close(store);
    }

    private static void close(POP3Store store) {
        try {
            store.close();
        } catch (MessagingException gone) {
            // it is over either way
        }
    }
}
