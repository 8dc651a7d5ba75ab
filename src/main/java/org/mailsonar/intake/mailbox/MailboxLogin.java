package org.mailsonar.intake.mailbox;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Who logs in at a mailbox, and how that is proven. No {@code toString} shows a secret. */
public sealed interface MailboxLogin {

    /** The user's name at the mail server. */
    String user();

    /**
     * A name and a password (AUTHENTICATE PLAIN or LOGIN, USER and PASS); sent over TLS or to this machine only.
     *
     * @param user the name, not empty
     * @param password the secret
     */
    record Password(String user, String password) implements MailboxLogin {

        public Password {
            requirePlain("user", user);
            requirePlain("password", password);
        }

        @Override
        public String toString() {
            return "Password[user=" + user + "]";
        }
    }

    /**
     * An access token (XOAUTH2) that a token server gives (RFC 6749): by the grant {@code refresh_token} where there is a refresh
     * token (§6), else by {@code client_credentials} (§4.4).
     *
     * @param user the mailbox's name
     * @param tokenUrl {@code https:}, or {@code http:} on this machine
     * @param clientId who asks
     * @param clientSecret proves who asks; null for a public client, which has a refresh token
     * @param refreshTokenFile holds the refresh token; a token server that gives a new one has it written there
     * @param scope what is asked for; null to say nothing
     */
    record OAuth2(
            String user,
            URI tokenUrl,
            String clientId,
            @Nullable String clientSecret,
            @Nullable Path refreshTokenFile,
            @Nullable String scope)
            implements MailboxLogin {

        public OAuth2 {
            requirePlain("user", user);
            requirePlain("clientId", clientId);
            boolean isSafe = "https".equals(tokenUrl.getScheme())
                    || ("http".equals(tokenUrl.getScheme()) && MailboxUrl.isLoopback(tokenUrl.getHost()));
            if (!isSafe || tokenUrl.getHost() == null || tokenUrl.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "tokenUrl is written https://host/path (http:// on a loopback address only)");
            }
            if (clientSecret == null && refreshTokenFile == null) {
                throw new IllegalArgumentException(
                        "a token is got with clientSecretFile (or clientSecretEnv), refreshTokenFile or both; add one");
            }
        }

        @Override
        public String toString() {
            return "OAuth2[user=" + user + ", tokenUrl=" + tokenUrl + ", clientId=" + clientId + "]";
        }
    }

    /** What becomes part of a command must not begin another one. */
    private static void requirePlain(String what, String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException(what + " is not empty and holds no control characters");
        }
    }
}
