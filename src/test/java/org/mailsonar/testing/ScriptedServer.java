package org.mailsonar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server on a loopback port that plays a script on each connection and records what it got, byte for byte. Thread-safe.
 */
public final class ScriptedServer implements AutoCloseable {

    /** What happens on one connection; when it returns, the connection is closed. */
    @FunctionalInterface
    public interface Script {
        void play(ServerSession session) throws IOException;
    }

    private final ServerSocket socket;
    private final List<Script> scripts;
    private final @Nullable SSLContext tls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ServerSession> sessions = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<byte[]> messages = new ArrayList<>();
    private int ended;

    private ScriptedServer(@Nullable SSLContext tls, List<Script> scripts) {
        this.tls = tls;
        this.scripts = scripts;
        try {
            socket = new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Plays the first script on the first connection and so on, and the last one on all that follow. */
    public static ScriptedServer start(Script... scripts) {
        return new ScriptedServer(null, List.of(scripts));
    }

    /** The same, but with TLS from the first byte. */
    public static ScriptedServer startTls(SSLContext tls, Script... scripts) {
        return new ScriptedServer(tls, List.of(scripts));
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How many connections there were. */
    public int connections() {
        return locked(sessions::size);
    }

    /** All command lines of all connections, without CRLF, in the order they came. */
    public List<String> lines() {
        return locked(() -> List.copyOf(lines));
    }

    /** What came after each 354, the final dot's line included. */
    public List<byte[]> messages() {
        return locked(() -> List.copyOf(messages));
    }

    /** What each read of the n-th connection, counted from 0, gave. */
    public List<String> chunks(int connection) {
        return locked(() -> sessions.get(connection).chunks());
    }

    /** Waits until this line has come. */
    public void awaitLine(String line) {
        await(() -> lines.contains(line), "line " + line);
    }

    /** Waits until somebody has connected. */
    public void awaitConnection() {
        await(() -> !sessions.isEmpty(), "a connection");
    }

    /** Waits until this many connections have ended. */
    public void awaitEnded(int count) {
        await(() -> ended >= count, count + " ended connections");
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (ServerSession session : locked(() -> List.copyOf(sessions))) {
            session.close();
        }
    }

    void sawLine(String line) {
        change(() -> lines.add(line));
    }

    void sawMessage(byte[] message) {
        change(() -> messages.add(message));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                ServerSession session = new ServerSession(this, connection);
                Script script = locked(() -> {
                    sessions.add(session);
                    changed.signalAll();
                    return scripts.get(Math.min(sessions.size(), scripts.size()) - 1);
                });
                Thread.ofVirtual().start(() -> play(session, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(ServerSession session, Script script) {
        try (session) {
            if (tls != null) {
                session.encrypt(tls);
            }
            script.play(session);
        } catch (IOException ignored) {
            // The client went away, as many tests want it to.
        } finally {
            change(() -> ended++);
        }
    }

    private void await(BooleanSupplier condition, String what) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(20);
            while (!condition.getAsBoolean()) {
                left = changed.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what + "; there were " + lines);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }
}
