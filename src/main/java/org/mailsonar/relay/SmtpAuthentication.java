package org.mailsonar.relay;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Logs in (RFC 4954) by PLAIN (RFC 4616), or by LOGIN where the server knows nothing better. The password leaves over TLS, or to
 * a loopback address; it is in no text.
 */
final class SmtpAuthentication {

    static final String STAGE = "AUTH";

    private final SmtpConnection connection;
    private final SmtpLogin login;

    SmtpAuthentication(SmtpConnection connection, SmtpLogin login) {
        this.connection = connection;
        this.login = login;
    }

    /** Whether what is sent may be a password: who listens on the way must not learn it. */
    static boolean isConfidential(boolean encrypted, InetAddress peer) {
        return encrypted || peer.isLoopbackAddress();
    }

    /** Logs in; a refused login can be mended in the configuration, so it is trouble and never the end of a message. */
    void run() throws SmtpTrouble {
        if (!isConfidential(connection.isEncrypted(), connection.peerAddress())) {
            throw SmtpTrouble.declined("no TLS, so the password was not sent: use smtps:// or starttls=require");
        }
        ServerFeatures features = connection.features();
        if (!features.authPlain() && !features.authLogin()) {
            throw SmtpTrouble.declined("the server offers neither AUTH PLAIN nor AUTH LOGIN"
                    + (connection.isEncrypted() ? "" : " without TLS"));
        }
        SmtpReply reply = features.authPlain() ? plain() : login();
        if (reply.code() != 235) {
            throw SmtpTrouble.declined("login of '" + login.user() + "' failed: " + withoutSecrets(reply.text()));
        }
    }

    private SmtpReply plain() throws SmtpTrouble {
        return connection.command("AUTH PLAIN " + base64(plainResponse()) + "\r\n", STAGE);
    }

    private SmtpReply login() throws SmtpTrouble {
        SmtpReply reply = connection.command("AUTH LOGIN\r\n", STAGE);
        if (reply.code() == 334) {
            reply = connection.command(base64(login.user()) + "\r\n", STAGE);
        }
        if (reply.code() == 334) {
            reply = connection.command(base64(login.password()) + "\r\n", STAGE);
        }
        return reply;
    }

    private String plainResponse() {
        return "\0" + login.user() + "\0" + login.password();
    }

    /** Some servers repeat what they did not like. */
    private String withoutSecrets(String text) {
        String shown = text.replace(base64(plainResponse()), "***").replace(base64(login.password()), "***");
        return login.password().isEmpty() ? shown : shown.replace(login.password(), "***");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
