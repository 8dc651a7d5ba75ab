package org.mailsonar.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a server's replies, each of at most 100 lines of at most 2048 bytes, and each whole within its time: a server that
 * sends a byte now and then does not get more of it. Not thread-safe.
 */
final class ReplyReader {

    private static final int LONGEST_LINE = 2048;
    private static final int MOST_LINES = 100;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST_LINE];
    private int start;
    private int end;

    /**
     * A reader of what comes from {@code in}.
     *
     * @param socket the connection under it, whose read time-out is set
     */
    ReplyReader(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /** Whether bytes were read that belong to no reply yet. */
    boolean hasMore() {
        return start < end;
    }

    /**
     * Reads one reply.
     *
     * @param millis how long the whole reply may take
     * @throws SocketTimeoutException when time is up
     * @throws EOFException when the server ended the connection
     * @throws SmtpTrouble when what came is no reply
     */
    SmtpReply read(long millis) throws IOException, SmtpTrouble {
        long deadline = System.nanoTime() + millis * 1_000_000;
        String line = line(deadline);
        int code = code(line);
        if (isLast(line)) {
            return new SmtpReply(code, List.of(text(line)));
        }
        List<String> lines = new ArrayList<>();
        lines.add(text(line));
        while (!isLast(line)) {
            line = line(deadline);
            if (code(line) != code) {
                throw SmtpTrouble.failed("a reply changed its code on the way: " + code + " and then " + line);
            }
            lines.add(text(line));
            if (lines.size() > MOST_LINES) {
                throw SmtpTrouble.failed("a reply of more than " + MOST_LINES + " lines");
            }
        }
        return new SmtpReply(code, lines);
    }

    private String line(long deadline) throws IOException, SmtpTrouble {
        int scanned = start;
        while (true) {
            while (scanned < end) {
                if (buffer[scanned++] == '\n') {
                    return take(scanned);
                }
            }
            if (end - start == LONGEST_LINE) {
                throw SmtpTrouble.failed("a reply line of more than " + LONGEST_LINE + " bytes");
            }
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            scanned -= start;
            start = 0;
            fill(deadline);
        }
    }

    private String take(int lineEnd) {
        int textEnd = lineEnd - 1;
        if (textEnd > start && buffer[textEnd - 1] == '\r') {
            textEnd--;
        }
        String line = new String(buffer, start, textEnd - start, StandardCharsets.ISO_8859_1);
        start = lineEnd;
        return line;
    }

    private void fill(long deadline) throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) left);
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException();
        }
        end += read;
    }

    private static boolean isLast(String line) {
        return line.length() == 3 || line.charAt(3) != '-';
    }

    private static String text(String line) {
        return line.length() <= 4 ? "" : line.substring(4);
    }

    private static int code(String line) throws SmtpTrouble {
        if (line.length() < 3 || (line.length() > 3 && line.charAt(3) != ' ' && line.charAt(3) != '-')) {
            throw noReply(line);
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw noReply(line);
            }
            code = code * 10 + digit;
        }
        if (code < 200 || code > 599) {
            throw noReply(line);
        }
        return code;
    }

    private static SmtpTrouble noReply(String line) {
        String shown = line.length() > 80 ? line.substring(0, 80) + "..." : line;
        return SmtpTrouble.failed("this is no SMTP reply: '" + shown + "'");
    }
}
