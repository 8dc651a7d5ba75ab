package org.mailsonar.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/**
 * The client's half of RFC 5321 on one connection to a loopback port, without any library, so that tests see every reply. Not
 * thread-safe.
 */
public final class SmtpClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader replies;

    private SmtpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Poll.PATIENCE.toMillis());
    }

    /** Connects, reads the greeting and says EHLO. */
    public static SmtpClient connect(int port) throws IOException {
        SmtpClient client = new SmtpClient(new Socket(InetAddress.getLoopbackAddress(), port));
        client.readReply();
        client.command("EHLO client.test");
        return client;
    }

    /** Sends one message on a connection of its own; returns the first reply that is not good, or else the last. */
    public static String send(int port, String sender, String recipient, String message) throws IOException {
        try (SmtpClient client = connect(port)) {
            String reply = client.message(sender, recipient, message);
            client.command("QUIT");
            return reply;
        }
    }

    /** Sends one message; returns the first reply that is not good, or else the one to the final dot. */
    public String message(String sender, String recipient, String message) throws IOException {
        String reply = begin(sender, recipient);
        return reply.charAt(0) > '3' ? reply : command(stuffed(message) + ".");
    }

    /** Comes to where the content is to follow; returns the first reply that is not good, or else the one to DATA. */
    String begin(String sender, String recipient) throws IOException {
        for (String line : new String[] {"MAIL FROM:<" + sender + ">", "RCPT TO:<" + recipient + ">"}) {
            String reply = command(line);
            if (reply.charAt(0) > '3') {
                return reply;
            }
        }
        return command("DATA");
    }

    /** Sends these lines in one write and returns the last line of the reply. */
    public String command(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
        return readReply();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String readReply() throws IOException {
        while (true) {
            String line = replies.readLine();
            if (line == null) {
                throw new IOException("the server closed the connection");
            }
            if (line.length() < 4 || line.charAt(3) != '-') {
                return line;
            }
        }
    }

    /** Any line ends become CRLF, and a dot in front of a line is doubled (section 4.5.2). */
    static String stuffed(String message) {
        StringBuilder stuffed = new StringBuilder();
        message.lines().forEach(line -> {
            stuffed.append(line.startsWith(".") ? "." : "").append(line).append("\r\n");
        });
        return stuffed.toString();
    }
}
