package org.mailsonar.relay;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one relay: counts those in use and keeps idle ones for the next message. The one used last is taken
 * first, so that in quiet times the others grow old and are closed. No lock is held while the network is waited for.
 * Thread-safe.
 */
final class ConnectionPool {

    private final SmtpLimits limits;
    private final Semaphore turns;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<SmtpConnection> idle = new ArrayDeque<>();
    private @Nullable Thread reaper;
    private volatile boolean closed;

    ConnectionPool(SmtpLimits limits) {
        this.limits = limits;
        this.turns = new Semaphore(limits.connections());
    }

    /** Waits until one connection more may be used; {@link #leave} is to follow. */
    void enter() throws SmtpTrouble {
        try {
            if (!turns.tryAcquire() && !turns.tryAcquire(limits.reply().toNanos(), TimeUnit.NANOSECONDS)) {
                throw SmtpTrouble.timeUp(
                        "free connection", limits.reply(), ": all " + limits.connections() + " are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SmtpTrouble.failed("interrupted while waiting for a free connection");
        }
        if (closed) {
            turns.release();
            throw SmtpTrouble.failed("the relay is closed");
        }
    }

    void leave() {
        turns.release();
    }

    /** A kept connection on which the server was quiet, or null. */
    @Nullable
    SmtpConnection takeIdle() {
        while (true) {
            SmtpConnection connection;
            lock.lock();
            try {
                connection = idle.pollFirst();
            } finally {
                lock.unlock();
            }
            if (connection == null || connection.isQuiet()) {
                return connection;
            }
            connection.close();
        }
    }

    /** Keeps a connection for the next message, or ends it when there are enough. */
    void keep(SmtpConnection connection) {
        if (connection.isUsable() && added(connection)) {
            return;
        }
        connection.quit();
    }

    /** Ends what is idle, waits for what is under way, ends that too; nothing is sent any more. */
    void close() {
        closed = true;
        endIdle();
        long longest = limits.reply().plus(limits.data()).toNanos();
        try {
            if (turns.tryAcquire(limits.connections(), longest, TimeUnit.NANOSECONDS)) {
                turns.release(limits.connections());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean added(SmtpConnection connection) {
        connection.becomeIdle(System.nanoTime());
        lock.lock();
        try {
            if (closed || idle.size() >= limits.idle()) {
                return false;
            }
            idle.addFirst(connection);
            if (reaper == null) {
                reaper = Thread.startVirtualThread(this::reap);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void endIdle() {
        for (SmtpConnection connection : takeAllIdle()) {
            connection.quit();
        }
    }

    private List<SmtpConnection> takeAllIdle() {
        lock.lock();
        try {
            List<SmtpConnection> taken = List.copyOf(idle);
            idle.clear();
            LockSupport.unpark(reaper);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Ends connections that have been idle for too long; runs only while there are idle ones. */
    private void reap() {
        while (true) {
            SmtpConnection oldest;
            long left;
            lock.lock();
            try {
                oldest = idle.peekLast();
                if (oldest == null) {
                    reaper = null;
                    return;
                }
                left = limits.keep().toNanos() - (System.nanoTime() - oldest.idleSince());
                if (left <= 0) {
                    idle.pollLast();
                }
            } finally {
                lock.unlock();
            }
            if (left <= 0) {
                oldest.quit();
            } else {
                LockSupport.parkNanos(this, left);
            }
        }
    }
}
