package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The mail server at the far end: takes every message on a free loopback port and remembers it. It can be told to answer
 * anything else. Thread-safe.
 */
public final class SmtpSink implements AutoCloseable {

    /**
     * One message as it came.
     *
     * @param sender the envelope sender, empty for the null sender
     * @param text the message with CRLF, dots unstuffed, one char for each byte
     * @param arrivedNanos {@link System#nanoTime} just after the final dot was read
     */
    public record Delivery(String sender, List<String> recipients, String text, long arrivedNanos) {

        public Delivery {
            recipients = List.copyOf(recipients);
        }
    }

    private final ServerSocket listener;
    private final Thread acceptor;
    private final Set<Socket> sessions = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private volatile CountDownLatch words = new CountDownLatch(0);
    private volatile String recipientReply = "250 2.1.5 ok";
    private volatile String messageReply = "250 2.0.0 taken";

    private SmtpSink(ServerSocket listener) {
        this.listener = listener;
        this.acceptor = Thread.ofVirtual().name("smtp-sink").start(this::acceptSessions);
    }

    /** Starts a sink on a free port. */
    public static SmtpSink open() {
        return open(0);
    }

    /** Starts a sink on this port; for a server that comes back after it was gone. */
    public static SmtpSink open(int port) {
        try {
            return new SmtpSink(new ServerSocket(port, 100, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on answers RCPT with this line, for instance {@code 550 5.1.1 nobody here}. */
    public SmtpSink answerRecipients(String reply) {
        recipientReply = reply;
        return this;
    }

    /** From now on answers the final dot with this line; a message is remembered only when it begins with 2. */
    public SmtpSink answerMessages(String reply) {
        messageReply = reply;
        return this;
    }

    /** From now on says nothing any more, not even a greeting, though it still reads; until {@link #speak}. */
    public SmtpSink hang() {
        words = new CountDownLatch(1);
        return this;
    }

    /** Says what was held back, and answers again. */
    public SmtpSink speak() {
        words.countDown();
        return this;
    }

    /** The messages that wait to be taken with {@link #next}, all at once. */
    public List<Delivery> takeAll() {
        List<Delivery> all = new ArrayList<>();
        deliveries.drainTo(all);
        return all;
    }

    /** The next message, in the order of arrival; waits for it. */
    public Delivery next() {
        return next(Poll.PATIENCE);
    }

    /** The next message, in the order of arrival; waits this long for it. */
    public Delivery next(Duration patience) {
        try {
            Delivery delivery = deliveries.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (delivery == null) {
                throw new IllegalStateException("no message within " + patience.toMillis() + " ms");
            }
            return delivery;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a message", e);
        }
    }

    /** How many messages wait to be taken with {@link #next}. */
    public int waiting() {
        return deliveries.size();
    }

    /** Ends the listener and every session at once, as a machine that fails does. The port is free then. */
    @Override
    public void close() {
        try {
            speak();
            listener.close();
            acceptor.join(); // it holds the port for as long as it waits
            for (Socket session : sessions) {
                session.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits while the server hangs. */
    void awaitWords() {
        try {
            words.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String recipientReply() {
        return recipientReply;
    }

    /** What to answer to this message, which is kept when the answer is good. */
    String take(Delivery delivery) {
        String reply = messageReply;
        if (reply.startsWith("2")) {
            deliveries.add(delivery);
        }
        return reply;
    }

    private void acceptSessions() {
        while (true) {
            Socket session;
            try {
                session = listener.accept();
            } catch (IOException _) {
                return; // closed
            }
            sessions.add(session);
            Thread.ofVirtual().name("smtp-sink-session").start(() -> serve(session));
        }
    }

    private void serve(Socket session) {
        try (session) {
            new SmtpSinkSession(this, session).run();
        } catch (IOException _) {
            // The client went away; what it left unfinished was never a message.
        } finally {
            sessions.remove(session);
        }
    }
}
