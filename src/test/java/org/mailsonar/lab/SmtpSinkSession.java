package org.mailsonar.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One dialogue of {@link SmtpSink}: the server's half of RFC 5321, without extensions other than PIPELINING and 8BITMIME. */
final class SmtpSinkSession {

    private final SmtpSink sink;
    private final Socket socket;
    private final InputStream input;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    SmtpSinkSession(SmtpSink sink, Socket socket) throws IOException {
        this.sink = sink;
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
    }

    void run() throws IOException {
        say("220 sink.test ESMTP");
        String line = readLine();
        while (!line.isEmpty()) {
            String command = line.strip();
            say(answer(command));
            if (verb(command).equals("QUIT")) {
                return;
            }
            line = readLine();
        }
    }

    private String answer(String command) throws IOException {
        return switch (verb(command)) {
            case "EHLO" -> "250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME";
            case "HELO" -> "250 sink.test";
            case "MAIL" -> startMessage(address(command));
            case "RCPT" -> addRecipient(address(command));
            case "DATA" -> readMessage();
            case "RSET" -> startMessage("");
            case "NOOP" -> "250 2.0.0 ok";
            case "QUIT" -> "221 2.0.0 bye";
            default -> "502 5.5.1 unknown";
        };
    }

    private String startMessage(String newSender) {
        sender = newSender;
        recipients.clear();
        return "250 2.1.0 ok";
    }

    private String addRecipient(String recipient) {
        String reply = sink.recipientReply();
        if (reply.startsWith("2")) {
            recipients.add(recipient);
        }
        return reply;
    }

    private String readMessage() throws IOException {
        if (recipients.isEmpty()) {
            return "554 5.5.1 no recipients";
        }
        say("354 go on");
        StringBuilder text = new StringBuilder();
        String line = readLine();
        while (!line.equals(".\r\n")) {
            if (line.isEmpty()) {
                throw new IOException("the connection ended within a message");
            }
            text.append(line.startsWith(".") ? line.substring(1) : line);
            line = readLine();
        }
        long arrived = System.nanoTime();
        return sink.take(new SmtpSink.Delivery(sender, recipients, text.toString(), arrived));
    }

    private static String verb(String command) {
        return command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    private static String address(String command) {
        return command.substring(command.indexOf('<') + 1, command.indexOf('>'));
    }

    /** The line with its end; empty when the client has closed. */
    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = input.read();
        while (octet >= 0) {
            line.write(octet);
            if (octet == '\n') {
                break;
            }
            octet = input.read();
        }
        return line.toString(ISO_8859_1);
    }

    private void say(String reply) throws IOException {
        sink.awaitWords();
        socket.getOutputStream().write((reply + "\r\n").getBytes(ISO_8859_1));
    }
}
