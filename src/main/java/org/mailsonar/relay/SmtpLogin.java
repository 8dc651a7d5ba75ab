package org.mailsonar.relay;

/**
 * Who logs in at a mail server (RFC 4954, by PLAIN or LOGIN). It is sent over TLS or to a loopback address only.
 *
 * @param user the name, not empty
 * @param password the secret; {@link #toString} does not show it
 */
public record SmtpLogin(String user, String password) {

    public SmtpLogin {
        if (user.isEmpty() || user.indexOf('\0') >= 0 || password.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a user name is not empty, and neither it nor its password holds a NUL");
        }
    }

    @Override
    public String toString() {
        return "SmtpLogin[user=" + user + "]";
    }
}
