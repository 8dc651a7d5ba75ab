package org.mailsonar.check.protocol;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.mailsonar.check.protocol.ReplyReader.NonsenseException;
import org.mailsonar.net.TimeGuard;

/** One connection, read by lines of at most 2048 bytes. One thread at a time. */
final class Wire implements Closeable {

    private static final int LONGEST_LINE = 2048;

    private final Socket plain;
    private final TimeGuard guard;
    private final byte[] buffer = new byte[LONGEST_LINE];
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int start;
    private int end;

    /**
     * Over a socket.
     *
     * @param guard closes it when time is up
     */
    Wire(Socket plain, TimeGuard guard) throws IOException {
        this.guard = guard;
        this.plain = plain;
        this.socket = plain;
        this.in = plain.getInputStream();
        this.out = plain.getOutputStream();
    }

    Socket plain() {
        return plain;
    }

    /** Whether it was this side that ended it: time is up, or the caller gave up. */
    boolean isGivenUp() {
        return guard.hasExpired() || Thread.currentThread().isInterrupted();
    }

    boolean isEncrypted() {
        return socket instanceof SSLSocket;
    }

    /** From here on all goes over this one, which lies over the plain one. */
    void encrypted(SSLSocket encrypted) throws IOException {
        socket = encrypted;
        in = encrypted.getInputStream();
        out = encrypted.getOutputStream();
    }

    void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether something has come that nobody read yet. */
    boolean hasMore() throws IOException {
        return start < end || in.available() > 0;
    }

    /** What has come of a line that is not whole yet. */
    String begun() {
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    /**
     * The next line, without its end.
     *
     * @throws EOFException when the other side ended the connection
     */
    String line() throws IOException, NonsenseException {
        int scanned = start;
        while (true) {
            while (scanned < end) {
                if (buffer[scanned++] == '\n') {
                    return take(scanned);
                }
            }
            if (end - start == LONGEST_LINE) {
                throw new NonsenseException("a line of more than " + LONGEST_LINE + " bytes");
            }
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            scanned -= start;
            start = 0;
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                throw new EOFException();
            }
            end += read;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            plain.close();
        } catch (IOException ignored) {
            // Nothing is left to be done with it.
        }
    }

    private String take(int lineEnd) {
        int textEnd = lineEnd - 1;
        if (textEnd > start && buffer[textEnd - 1] == '\r') {
            textEnd--;
        }
        String line = new String(buffer, start, textEnd - start, StandardCharsets.UTF_8);
        start = lineEnd;
        return line;
    }
}
