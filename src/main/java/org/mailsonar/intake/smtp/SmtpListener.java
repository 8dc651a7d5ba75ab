package org.mailsonar.intake.smtp;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Intake;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.time.TimeSource;

/**
 * Takes mail over SMTP (RFC 5321) or LMTP and hands each message to a {@link MailHandler}; the reply to the final dot tells what the
 * handler decided, so a client keeps the mail until it is dealt with. Any Java program can start one:
 *
 * {@snippet :
 * ListenerSettings settings =
 *         ListenerSettings.on("127.0.0.1", 2525).accepting(EmailAddress.parse("probe@company.test"));
 * try (SmtpListener listener = SmtpListener.start(settings, mail -> new Disposition.Accepted("thanks"))) {
 *     // mail arrives on listener.port() until this block ends
 * }
 * }
 *
 * <p>It speaks SMTP, or LMTP (RFC 2033) where the settings say so, and with the files of a certificate TLS: on demand (STARTTLS, RFC
 * 3207) or from the start. It offers PIPELINING (RFC 2920), SIZE (RFC 1870), 8BITMIME (RFC 6152), ENHANCEDSTATUSCODES (RFC 2034) and SMTPUTF8 (RFC
 * 6531). It never sends mail, and refuses every recipient that the settings do not accept. The handler runs on a virtual thread
 * for each message, so any number of them may block. All memory is
 * bounded by the settings' {@link ListenerLimits}, and so is the time that a client may take. Thread-safe.
 */
public final class SmtpListener implements Intake.Listening {

    private static final Logger LOG = LogManager.getLogger(SmtpListener.class);

    private volatile ListenerSettings settings;
    private final MailDesk desk;
    private final SmtpServer server;
    private final int port;
    private final TimeSource time;
    private @Nullable ListenerTls tls;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SmtpListener(ListenerSettings settings, MailHandler handler, TimeSource time) {
        this.settings = settings;
        desk = new MailDesk(handler, settings.hostName());
        this.time = time;
        this.tls = open(settings, time);
        server = new SmtpServer(settings, tls, desk, time);
        server.open();
        port = server.port();
    }

    /**
     * Listens from now on, with the clocks of this machine.
     *
     * @throws CannotListenException if the address cannot be had; its message is one line for people
     * @throws TlsFileException if a file of the settings' TLS cannot be used; likewise
     */
    public static SmtpListener start(ListenerSettings settings, MailHandler handler) {
        return start(settings, handler, TimeSource.system());
    }

    /**
     * Listens from now on.
     *
     * @param time tells when a message has come
     * @throws CannotListenException if the address cannot be had; its message is one line for people
     * @throws TlsFileException if a file of the settings' TLS cannot be used; likewise
     */
    public static SmtpListener start(ListenerSettings settings, MailHandler handler, TimeSource time) {
        SmtpListener listener = new SmtpListener(settings, handler, time);
        LOG.info("listening on {}", listener.describe());
        return listener;
    }

    /** The port that it listens on, also where the settings left the choice open. */
    public int port() {
        return port;
    }

    /**
     * Listens with other settings from now on: who connects meets the new ones, and who is connected keeps those that he met.
     *
     * @param changed of the same host, port and protocol, which cannot be changed
     * @throws IllegalArgumentException when it is of another place or protocol
     * @throws TlsFileException if a file of the settings' TLS cannot be used; then nothing is changed
     */
    public synchronized void change(ListenerSettings changed) {
        if (!changed.host().equals(settings.host())
                || changed.port() != settings.port()
                || !speaks(changed.protocol())) {
            throw new IllegalArgumentException("a listener stays at its host, port and protocol; start another one");
        }
        if (!Objects.equals(changed.tls(), settings.tls())) {
            tls = open(changed, time);
        }
        settings = changed;
        desk.rename(changed.hostName());
        server.change(changed, tls);
    }

    /** Whether that is its protocol. */
    public boolean speaks(ListenerProtocol protocol) {
        return settings.protocol() == protocol;
    }

    private static @Nullable ListenerTls open(ListenerSettings settings, TimeSource time) {
        TlsFiles files = settings.tls();
        return files == null ? null : ListenerTls.open(files, time);
    }

    @Override
    public int connections() {
        return server.connections();
    }

    @Override
    public Optional<String> trouble() {
        return closed.get() || server.isListening()
                ? Optional.empty()
                : Optional.of("nobody can connect to " + describe() + " any more; restart this program");
    }

    @Override
    public String describe() {
        return settings.protocol().scheme() + "://" + settings.host() + ":" + port;
    }

    /**
     * Stops: no more connections, 421 to those that are idle, an answer for each message that is being handled if it comes within
     * the closing limit of the settings. A handler that takes longer is interrupted; its client keeps the mail. Closing twice
     * does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        server.stopAccepting();
        boolean finished = desk.close(settings.limits().closing());
        server.close();
        LOG.info("stopped listening on {}{}", describe(), finished ? "" : "; some mail was still being handled");
    }
}
