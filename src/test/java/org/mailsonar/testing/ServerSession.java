package org.mailsonar.testing;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link ScriptedServer}, as its script sees it. */
public final class ServerSession implements Closeable {

    private final ScriptedServer server;
    private final List<String> chunks = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final byte[] buffer = new byte[1 << 16];
    private final Socket plain;
    private Socket socket;
    private String pending = "";

    ServerSession(ScriptedServer server, Socket socket) {
        this.server = server;
        this.plain = socket;
        this.socket = socket;
    }

    /** Sends text as it is. */
    public void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads one line, and gives it without its CRLF. */
    public String line() throws IOException {
        int end = pending.indexOf("\r\n");
        while (end < 0) {
            fill();
            end = pending.indexOf("\r\n");
        }
        String line = pending.substring(0, end);
        pending = pending.substring(end + 2);
        server.sawLine(line);
        return line;
    }

    /** Reads a message up to its final dot. */
    public void message() throws IOException {
        while (!pending.startsWith(".\r\n") && !pending.contains("\r\n.\r\n")) {
            fill();
        }
        int end = pending.startsWith(".\r\n") ? 3 : pending.indexOf("\r\n.\r\n") + 5;
        server.sawMessage(pending.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
        pending = pending.substring(end);
    }

    /** Reads this many bytes of a message. */
    public void bytes(int count) throws IOException {
        while (pending.length() < count) {
            fill();
        }
    }

    /** Reads this many bytes and forgets them; gives their number. */
    public long skip(long count) throws IOException {
        long seen = pending.length();
        pending = "";
        while (seen < count) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                throw new EOFException();
            }
            seen += read;
        }
        return seen;
    }

    /** Neither reads nor says anything until the test is over. */
    public void awaitClose() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Says nothing more and reads until the client goes away. */
    public void hang() throws IOException {
        while (true) {
            fill();
        }
    }

    /** Speaks TLS from here on. */
    public void encrypt(SSLContext tls) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        encrypted.setUseClientMode(false);
        encrypted.startHandshake();
        socket = encrypted;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        plain.close();
    }

    List<String> chunks() {
        return List.copyOf(chunks);
    }

    private void fill() throws IOException {
        int read = socket.getInputStream().read(buffer);
        if (read < 0) {
            throw new EOFException();
        }
        String chunk = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        chunks.add(chunk);
        pending += chunk;
    }
}
