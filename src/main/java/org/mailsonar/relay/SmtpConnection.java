package org.mailsonar.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.mailsonar.net.TimeGuard;

/**
 * One connection to a mail server: writes commands, reads replies, changes to TLS. Everything ends within a time limit, and
 * all trouble is an {@link SmtpTrouble} that names the stage. One thread at a time.
 */
final class SmtpConnection {

    /** What any socket takes at once when the server has answered all before, so that it needs no watching. */
    private static final int UNWATCHED_WRITE = 32 * 1024;

    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Socket plain;
    private final SmtpLimits limits;
    private Socket socket;
    private OutputStream out;
    private ReplyReader replies;
    private ServerFeatures features = ServerFeatures.NONE;
    private boolean usable = true;
    private long idleSince;
    private @Nullable Transcript transcript;

    SmtpConnection(Socket plain, SmtpLimits limits) throws IOException {
        this.plain = plain;
        this.limits = limits;
        this.socket = plain;
        this.out = plain.getOutputStream();
        this.replies = new ReplyReader(plain, plain.getInputStream());
    }

    /** From now on this gets what is said; null for nobody. */
    void record(@Nullable Transcript newTranscript) {
        transcript = newTranscript;
    }

    ServerFeatures features() {
        return features;
    }

    void offer(ServerFeatures offered) {
        features = offered;
    }

    boolean isEncrypted() {
        return socket instanceof SSLSocket;
    }

    InetAddress localAddress() {
        return plain.getLocalAddress();
    }

    InetAddress peerAddress() {
        return plain.getInetAddress();
    }

    /** Writes a command line, its CRLF included, and reads the reply to it. */
    SmtpReply command(String line, String stage) throws SmtpTrouble {
        write(line.getBytes(StandardCharsets.UTF_8), stage, limits.reply());
        return reply(stage, limits.reply());
    }

    /** Writes in one piece. */
    void write(byte[] bytes, String stage, Duration limit) throws SmtpTrouble {
        if (transcript != null) {
            recordSaid(transcript, bytes, stage);
        }
        if (bytes.length <= UNWATCHED_WRITE) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw lost(e, stage);
            }
            return;
        }
        try (TimeGuard guard = TimeGuard.start(plain, limit)) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw guard.hasExpired() ? timeUp("progress", limit, " while sending (" + stage + ")") : lost(e, stage);
            }
        }
    }

    /** Reads the next reply; a 421 makes this connection the last thing it was used for. */
    SmtpReply reply(String stage, Duration limit) throws SmtpTrouble {
        try {
            SmtpReply reply = replies.read(limit.toMillis());
            usable &= !reply.isClosing();
            if (transcript != null) {
                recordHeard(transcript, reply, stage);
            }
            return reply;
        } catch (SocketTimeoutException e) {
            throw timeUp("reply", limit, " after " + stage);
        } catch (IOException e) {
            throw lost(e, stage);
        } catch (SmtpTrouble e) {
            usable = false;
            throw e;
        }
    }

    /**
     * Speaks TLS from here on. What the server sent before is never taken for a reply: bytes that came ahead of TLS were
     * put there by someone in between (CVE-2011-0411), and end the connection.
     */
    void encrypt(TlsClient tls) throws SmtpTrouble {
        if (replies.hasMore()) {
            usable = false;
            throw SmtpTrouble.failed("the server, or someone in between, went on talking before TLS began");
        }
        try (TimeGuard guard = TimeGuard.start(plain, limits.reply())) {
            try {
                SSLSocket encrypted = tls.over(plain);
                socket = encrypted;
                out = encrypted.getOutputStream();
                replies = new ReplyReader(plain, encrypted.getInputStream());
                if (transcript != null) {
                    transcript.note(encrypted.getSession().getProtocol() + " "
                            + encrypted.getSession().getCipherSuite());
                }
            } catch (IOException e) {
                usable = false;
                throw guard.hasExpired()
                        ? timeUp("TLS", limits.reply(), " after the connection stood")
                        : SmtpTrouble.failed("TLS failed: " + TlsClient.reason(e));
            }
        }
    }

    /** Whether nothing happened that makes the connection useless. */
    boolean isUsable() {
        return usable;
    }

    /** Whether the server said nothing unasked, such as a 421 for a connection that was idle for too long. */
    boolean isQuiet() {
        try {
            return !replies.hasMore() && plain.getInputStream().available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    long idleSince() {
        return idleSince;
    }

    void becomeIdle(long now) {
        idleSince = now;
    }

    /** Says good-bye (RFC 5321 §4.1.1.10), waits for the answer for at most a second, and closes. */
    void quit() {
        if (usable) {
            usable = false;
            try {
                out.write(new byte[] {'Q', 'U', 'I', 'T', '\r', '\n'});
                replies.read(Math.min(FAREWELL.toMillis(), limits.reply().toMillis()));
            } catch (IOException | SmtpTrouble ignored) {
                // The server did not wait for the good-bye: no harm done.
            }
        }
        close();
    }

    /** Closes without a word. */
    void close() {
        usable = false;
        try {
            plain.close();
        } catch (IOException ignored) {
            // Nothing is left to be done with it.
        }
    }

    private static void recordSaid(Transcript transcript, byte[] bytes, String stage) {
        switch (stage) {
            case SmtpAuthentication.STAGE -> transcript.note("login, not shown");
            case SmtpTransaction.DURING_CONTENT -> transcript.note(bytes.length + " bytes of content and final dot");
            default -> transcript.said(bytes);
        }
    }

    /** Some servers repeat in their reply to a login what they did not like. */
    private static void recordHeard(Transcript transcript, SmtpReply reply, String stage) {
        if (stage.equals(SmtpAuthentication.STAGE)) {
            transcript.note("answered with " + reply.code());
        } else {
            transcript.heard(reply);
        }
    }

    private SmtpTrouble timeUp(String what, Duration limit, String stage) {
        usable = false;
        return SmtpTrouble.timeUp(what, limit, stage);
    }

    private SmtpTrouble lost(IOException e, String stage) {
        usable = false;
        return SmtpTrouble.lost(
                e instanceof EOFException
                        ? "the server closed the connection after " + stage
                        : "connection lost after " + stage + ": " + e.getMessage());
    }
}
