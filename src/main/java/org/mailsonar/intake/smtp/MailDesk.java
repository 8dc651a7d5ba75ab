package org.mailsonar.intake.smtp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;
import org.mailsonar.time.Moment;

/**
 * Hands each message to the handler, on a virtual thread of its own, since the handler blocks: however many do so at a time,
 * the others are not kept waiting. Thread-safe.
 */
final class MailDesk {

    /** RFC 5321 §6.3 suggests this limit on the hops of a mail. */
    private static final int MOST_HOPS = 100;

    /** The moment is taken as the last byte is read; what is claimed is what the kernel and the scheduler can be held to. */
    private static final Duration RESOLUTION = Duration.ofMillis(1);

    private static final Logger LOG = LogManager.getLogger(MailDesk.class);

    /**
     * What is known of a message beside its bytes.
     *
     * @param received when the last byte was read
     */
    record Arrival(Envelope envelope, String clientName, InetSocketAddress client, String protocol, Moment received) {

        /** The client's IP address as text; an IPv6 one without the name of this machine's interface. */
        String clientAddress() {
            return client.getAddress().getHostAddress().split("%", 2)[0];
        }

        String clientAndPort() {
            String address = clientAddress();
            return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + client.getPort();
        }
    }

    private final MailHandler handler;
    private volatile String hostName;
    private final ExecutorService threads;

    MailDesk(MailHandler handler, String hostName) {
        this(
                handler,
                hostName,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("mail-", 0).factory()));
    }

    /** @param threads where handlers run; it must not run them inside its {@code execute} */
    MailDesk(MailHandler handler, String hostName, ExecutorService threads) {
        this.handler = handler;
        this.hostName = hostName;
        this.threads = threads;
    }

    /** What this machine calls itself in trace lines from now on. */
    void rename(String name) {
        hostName = name;
    }

    /**
     * Handles a message without waiting for it.
     *
     * @param content to be left alone until the answer is there
     * @param answered gets the reply to the final dot, on another thread; called exactly once
     */
    void handle(Arrival arrival, SmtpContentReader content, Consumer<SmtpReply> answered) {
        try {
            threads.execute(() -> answered.accept(answer(arrival, content)));
        } catch (RejectedExecutionException closing) {
            answered.accept(SmtpReply.CLOSING);
        }
    }

    /**
     * Takes no more messages and waits for those that are being handled; what lasts longer is interrupted.
     *
     * @return whether all came to their end in time
     */
    boolean close(Duration limit) {
        threads.shutdown();
        boolean finished = false;
        try {
            finished = threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        return finished;
    }

    /** Whatever the handler throws, errors too, the mail must stay with the client: so all of it is caught. */
    private SmtpReply answer(Arrival arrival, SmtpContentReader content) {
        try {
            MailMessage message = MailMessage.of(withTrace(arrival, content));
            if (message.all("Received").count() > MOST_HOPS + 1) {
                return SmtpReply.LOOP;
            }
            return SmtpReply.to(handler.handle(new ReceivedMail(
                    arrival.envelope(), message, false, arrival.received(), RESOLUTION, arrival.clientAndPort())));
        } catch (Throwable failure) {
            LOG.error("the mail handler failed, the mail is deferred: {}", ReplyText.of(failure));
            LOG.debug("the mail handler failed", failure);
            return SmtpReply.FATAL;
        }
    }

    private byte[] withTrace(Arrival arrival, SmtpContentReader content) {
        byte[] trace = TraceLine.of(
                        arrival.clientName(),
                        arrival.clientAddress(),
                        hostName,
                        arrival.protocol(),
                        arrival.received().wall())
                .getBytes(StandardCharsets.US_ASCII);
        byte[] message = content.copyBehind(trace.length);
        System.arraycopy(trace, 0, message, 0, trace.length);
        return message;
    }
}
