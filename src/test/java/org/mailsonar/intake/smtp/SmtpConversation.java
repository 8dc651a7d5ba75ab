package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A dialogue with a server over a raw socket, as it reads on paper: say this, expect that. Text is sent byte for byte, {@code
 * é} as one byte unless said in UTF-8.
 */
final class SmtpConversation implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream input;

    private SmtpConversation(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects, and leaves the greeting to be read. */
    static SmtpConversation with(SmtpListener listener) {
        try {
            return new SmtpConversation(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Connects, and is through with the handshake; the greeting is left to be read. */
    static SmtpConversation secured(SmtpListener listener, SSLContext client) {
        return with(listener).handshake(client);
    }

    /** Connects, and is through with the greeting, STARTTLS and the handshake. */
    static SmtpConversation afterStartTls(SmtpListener listener, SSLContext client) {
        return with(listener).expect("220").say("STARTTLS").expect("220 2.0.0").handshake(client);
    }

    /** Goes on within TLS. */
    SmtpConversation handshake(SSLContext client, String... protocols) {
        try {
            String host = InetAddress.getLoopbackAddress().getHostAddress();
            SSLSocket secured =
                    (SSLSocket) client.getSocketFactory().createSocket(socket, host, socket.getPort(), true);
            if (protocols.length > 0) {
                secured.setEnabledProtocols(protocols);
            }
            secured.startHandshake();
            return new SmtpConversation(secured);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What was agreed on in the handshake. */
    SSLSession session() {
        return ((SSLSocket) socket).getSession();
    }

    /** Connects, and is through with the greeting and EHLO. */
    static SmtpConversation greeted(SmtpListener listener) {
        return with(listener).expect("220").say("EHLO client.test").expect("250");
    }

    /** Has said all up to and with DATA, for one message to the usual recipient. */
    static SmtpConversation inData(SmtpListener listener) {
        return greeted(listener)
                .say("MAIL FROM:<sender@client.test>")
                .expect("250 2.1.0")
                .say("RCPT TO:<probe@company.test>")
                .expect("250 2.1.5")
                .say("DATA")
                .expect("354");
    }

    /** Sends a line. */
    SmtpConversation say(String line) {
        return send(line + "\r\n");
    }

    /** Sends bytes as they are, in one write. */
    SmtpConversation send(String text) {
        return send(text, StandardCharsets.ISO_8859_1);
    }

    SmtpConversation send(String text, Charset charset) {
        try {
            socket.getOutputStream().write(text.getBytes(charset));
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads one reply, and wants it to begin so. */
    SmtpConversation expect(String beginning) {
        assertThat(reply().getLast()).startsWith(beginning);
        return this;
    }

    /** Reads one reply, all its lines. */
    List<String> reply() {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(line());
        } while (lines.getLast().length() > 3 && lines.getLast().charAt(3) == '-');
        return lines;
    }

    /** Wants the server to close the connection, without a further word. */
    void expectEnd() {
        try {
            assertThat(input.read()).isEqualTo(-1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All that still comes, until the connection ends in whatever way. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        try {
            for (int next = input.read(); next >= 0; next = input.read()) {
                rest.append((char) next);
            }
        } catch (SocketException reset) {
            rest.append("(reset)");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return rest.toString();
    }

    /** Whether something has come that was not read yet. */
    boolean hasInput() {
        try {
            return input.available() > 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Closes this side's half, and still reads. */
    SmtpConversation endInput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String line() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = input.read();
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = input.read();
            }
            assertThat(next).as("the connection ended behind '%s'", line).isEqualTo('\n');
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
