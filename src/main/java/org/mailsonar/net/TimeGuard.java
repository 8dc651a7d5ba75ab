package org.mailsonar.net;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes a connection when time is up, for what a socket's own time-out does not cover: a write that the other side does
 * not read, and a TLS handshake as a whole. It closes the plain socket below TLS, which ends either at once.
 */
public final class TimeGuard implements AutoCloseable {

    private final Closeable connection;
    private final long deadline;
    private final Thread thread;
    private volatile boolean done;
    private volatile boolean expired;

    private TimeGuard(Closeable connection, Duration limit) {
        this.connection = connection;
        this.deadline = System.nanoTime() + limit.toNanos();
        // A program that has no virtual threads is not made to load what they need: a check from the command line.
        this.thread = Thread.currentThread().isVirtual()
                ? Thread.ofVirtual().unstarted(this::watch)
                : Thread.ofPlatform().daemon().unstarted(this::watch);
    }

    /** From now on, this connection has this long. */
    public static TimeGuard start(Closeable connection, Duration limit) {
        TimeGuard guard = new TimeGuard(connection, limit);
        guard.thread.start();
        return guard;
    }

    /** Whether it had to close the connection. */
    public boolean hasExpired() {
        return expired;
    }

    @Override
    public void close() {
        done = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        long left = deadline - System.nanoTime();
        while (!done && left > 0) {
            LockSupport.parkNanos(this, left);
            left = deadline - System.nanoTime();
        }
        if (!done) {
            expired = true;
            closeConnection();
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (IOException ignored) {
            // It is gone either way, and whoever waits on it gets an exception of its own.
        }
    }
}
