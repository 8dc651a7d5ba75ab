package org.mailsonar.relay;

import org.jspecify.annotations.Nullable;

/** Where mail is to leave and how; {@link #open} makes the relay of it. Immutable; no text of it shows a secret. */
public sealed interface RelaySettings permits SmtpSettings, SendmailSettings, PickupSettings {

    /**
     * Reads a relay's URL.
     *
     * <ul>
     *   <li>{@code smtp://host:port}, port 25 when none is given; {@code smtps://host:port} speaks TLS from the first byte, port
     *       465. An IPv6 address stands in brackets: {@code smtp://[::1]:25}.
     *   <li>{@code sendmail:/usr/sbin/sendmail}, the absolute path of a program that behaves like sendmail.
     *   <li>{@code pickup:/srv/mail/Pickup}, the absolute path of a directory on this machine from which an IIS or Exchange server
     *       takes mail; on Windows {@code pickup:C:/inetpub/mailroot/Pickup}.
     * </ul>
     *
     * <p>Options of the first two stand in the query, {@code smtp://mail.company.test:587?starttls=require&user=probe}:
     *
     * <ul>
     *   <li>{@code starttls}: {@code off}, {@code auto} (when the server offers it) or {@code require}. Without it: {@code off}
     *       for a loopback host, where there is nothing to overhear and mail servers show made-up certificates, else {@code
     *       auto}. Where TLS is used the certificate and the host name in it are always checked, for {@code auto} too.
     *   <li>{@code caFile}: a PEM file of the authorities to trust, instead of those that Java trusts.
     *   <li>{@code user}: the name to log in with; its password is given apart from the URL.
     *   <li>{@code helo}: the name for EHLO; without it the address literal of this end of the connection, which needs no
     *       look-up (RFC 5321 §4.1.4).
     *   <li>{@code connectTimeout}, {@code replyTimeout}, {@code dataTimeout}, {@code keep}: such as {@code 500ms}, {@code 30s} or
     *       {@code 2m}; {@code connections}, {@code idle}: numbers. See {@link SmtpLimits}.
     * </ul>
     *
     * @param password goes with {@code user}; null where nobody logs in
     * @throws IllegalArgumentException for everything else; its message is one line that names the remedy, and no secret
     */
    static RelaySettings parse(String url, @Nullable String password) {
        return RelayUrl.parse(url, password);
    }

    /** Where mail goes, for logs: {@code smtp://127.0.0.1:25}; no options and no secret in it. */
    String describe();

    /** The same way out for a process that sends one message and ends: nothing is kept for a second one. */
    RelaySettings forOneMessage();

    /**
     * The relay. Nothing is connected or started before the first message.
     *
     * @throws IllegalArgumentException when a file of certificates is named that cannot be read; one line, with the remedy
     */
    Relay open();
}
