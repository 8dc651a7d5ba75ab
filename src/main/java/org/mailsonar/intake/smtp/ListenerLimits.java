package org.mailsonar.intake.smtp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How much a listener takes, from all clients and from each. Immutable; thread-safe if the test of addresses is.
 *
 * @param connections how many clients may be connected at a time, at least 1; one more is told 421. Above three quarters of them
 *     the listener counts as nearly full, and waits for nobody longer than {@link SessionLimits#patienceUnderLoad}
 * @param connectionsPerClient how many of them may come from one address, at least 1; for IPv6 from one /64, which one client has
 *     at the least
 * @param unboundClients the addresses to which the limit for each client does not apply
 * @param messageSize the longest message in bytes, from 1 KiB to 64 MiB; announced as SIZE (RFC 1870)
 * @param memory how many bytes the messages that are arriving may take together; who would need more is told 452
 * @param closing how long {@link SmtpListener#close()} waits for messages that are being handled
 * @param session what one client may do
 */
public record ListenerLimits(
        int connections,
        int connectionsPerClient,
        Predicate<InetAddress> unboundClients,
        int messageSize,
        long memory,
        Duration closing,
        SessionLimits session) {

    private static final int SMALLEST_SIZE_LIMIT = 1024;
    private static final int LARGEST_SIZE_LIMIT = 64 * 1024 * 1024;

    /** A message is there twice while it is handled, and the handler needs room as well. */
    private static final int SHARE_OF_THE_HEAP = 8;

    /**
     * 200 connections, 50 for each client but those of this machine, since a mail server in front uses as many as it likes;
     * messages of 256 KiB, an eighth of the heap for all of them; ten seconds to close; {@link SessionLimits#STANDARD}.
     */
    public static final ListenerLimits STANDARD = new ListenerLimits(
            200,
            50,
            InetAddress::isLoopbackAddress,
            256 * 1024,
            Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP,
            Duration.ofSeconds(10),
            SessionLimits.STANDARD);

    /** Refuses what makes no sense, with an {@link IllegalArgumentException} that says why on one line. */
    public ListenerLimits {
        check(connections >= 1, "at least one connection must be allowed, not " + connections);
        check(connectionsPerClient >= 1, "a client must be allowed one connection, not " + connectionsPerClient);
        check(
                messageSize >= SMALLEST_SIZE_LIMIT && messageSize <= LARGEST_SIZE_LIMIT,
                "the message size limit is 1 KiB to 64 MiB, not " + messageSize);
        check(memory >= 0, "the memory for messages must not be negative, not " + memory);
        check(!closing.isNegative(), "the closing limit must not be negative, not " + closing);
        // Else the largest message could never be taken, however often it is sent.
        memory = Math.max(memory, 2L * messageSize);
    }

    /** Lets so many clients be connected at a time. */
    public ListenerLimits withConnections(int number) {
        return new ListenerLimits(number, connectionsPerClient, unboundClients, messageSize, memory, closing, session);
    }

    /** Lets so many connections come from one client. */
    public ListenerLimits withConnectionsPerClient(int number) {
        return new ListenerLimits(connections, number, unboundClients, messageSize, memory, closing, session);
    }

    /** Lets these clients have as many connections as there are; the test must not block. */
    public ListenerLimits withUnboundClients(Predicate<InetAddress> test) {
        return new ListenerLimits(connections, connectionsPerClient, test, messageSize, memory, closing, session);
    }

    /** Takes messages of at most so many bytes. */
    public ListenerLimits withMessageSize(int bytes) {
        return new ListenerLimits(connections, connectionsPerClient, unboundClients, bytes, memory, closing, session);
    }

    /** Lets messages that are arriving take so many bytes together; never less than two of the largest messages. */
    public ListenerLimits withMemory(long bytes) {
        return new ListenerLimits(
                connections, connectionsPerClient, unboundClients, messageSize, bytes, closing, session);
    }

    /** Waits so long at closing for messages that are being handled. */
    public ListenerLimits withClosing(Duration limit) {
        return new ListenerLimits(
                connections, connectionsPerClient, unboundClients, messageSize, memory, limit, session);
    }

    /** Lets one client do so much. */
    public ListenerLimits withSession(SessionLimits limits) {
        return new ListenerLimits(
                connections, connectionsPerClient, unboundClients, messageSize, memory, closing, limits);
    }

    static void check(boolean good, String why) {
        if (!good) {
            throw new IllegalArgumentException(why);
        }
    }
}
