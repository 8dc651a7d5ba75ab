package org.mailsonar.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loopback port by which a server of a lab is known to all others, so that the way to it can be slow, shut, or lead nowhere. Thread-safe.
 */
public final class Front implements AutoCloseable {

    private static final int BACKLOG = 100;
    private static final int KNOCK_MILLIS = 200;
    private static final int MOST_KNOCKS = 20;

    private final int port;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Socket> knocks = new ArrayList<>();
    private volatile long delayMillis;
    private volatile @Nullable ServerSocket listener;

    private Front(int server) throws IOException {
        this.server = server;
        ServerSocket socket = listen(0, BACKLOG);
        this.port = socket.getLocalPort();
        serve(socket);
    }

    /** A new one before a port of 127.0.0.1, which lets everything pass. */
    public static Front of(int server) throws IOException {
        return new Front(server);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** From now on each piece that the server says comes that much later; none for no delay. */
    public void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    /** From now on connections are refused, and those that were open are gone. */
    public void shut() {
        ServerSocket old = listener;
        try {
            if (old != null) {
                old.close();
            }
            for (Socket knock : knocks) {
                knock.close();
            }
            knocks.clear();
            for (Socket one : open) {
                one.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on nothing that is sent to the port is answered, not even by the kernel, as if the machine were off. */
    public void vanish() {
        shut();
        try {
            ServerSocket deaf = listenAgain(1);
            listener = deaf;
            for (int i = 0; i < MOST_KNOCKS; i++) {
                Socket knock = new Socket();
                knocks.add(knock);
                knock.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), KNOCK_MILLIS);
            }
            throw new IllegalStateException("port " + port + " still takes connections");
        } catch (SocketTimeoutException full) {
            // as it should be: Linux drops what it has no room for
            knocks.removeLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it leads to the server again, at once. */
    public void lead() {
        shut();
        delayMillis = 0;
        serve(listenAgain(BACKLOG));
    }

    @Override
    public void close() {
        shut();
    }

    private static ServerSocket listen(int port, int backlog) throws IOException {
        return new ServerSocket(port, backlog, InetAddress.ofLiteral("127.0.0.1"));
    }

    /** Whoever was waiting for a connection holds the port until he has noticed that it was closed. */
    private ServerSocket listenAgain(int backlog) {
        return Poll.value("port " + port + " to be free", () -> {
            try {
                return Optional.of(listen(port, backlog));
            } catch (BindException notYet) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void serve(ServerSocket socket) {
        listener = socket;
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = socket.accept();
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException closed) {
                // shut
            }
        });
    }

    /** A client whose server is not there is hung up on, as by a balancer. */
    private void connect(Socket client) {
        try {
            Socket behind = new Socket(InetAddress.ofLiteral("127.0.0.1"), server);
            open.add(client);
            open.add(behind);
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pass(client, behind, false));
            pass(behind, client, true);
        } catch (IOException absent) {
            hangUp(client);
        }
    }

    private void pass(Socket from, Socket to, boolean isLate) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[16 * 1024];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (isLate && delayMillis > 0) {
                    boolean never = new Semaphore(0).tryAcquire(delayMillis, TimeUnit.MILLISECONDS);
                    assert !never;
                }
                out.write(piece, 0, length);
            }
        } catch (IOException gone) {
            // so is the other side
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        hangUp(from);
        hangUp(to);
    }

    private void hangUp(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
