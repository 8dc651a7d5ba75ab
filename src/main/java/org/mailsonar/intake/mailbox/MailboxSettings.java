package org.mailsonar.intake.mailbox;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;

/**
 * A mailbox that is watched for probes or returns.
 *
 * @param protocol how mail is fetched
 * @param host a name, or an address without brackets
 * @param port 1 to 65535
 * @param security whether and when TLS begins
 * @param folder the folder; POP3 knows INBOX alone
 * @param junkFolder a second folder that is looked into, where the server puts what it takes for junk; null for none
 * @param caFile certificates in PEM of the authorities to trust; null for those that Java trusts
 * @param login who logs in
 * @param poll how often is looked without being told of news
 * @param maxMessageSize how many bytes of a message are read
 * @param ownAddress whose mail this is, where a message does not tell
 */
public record MailboxSettings(
        Protocol protocol,
        String host,
        int port,
        MailboxSecurity security,
        String folder,
        @Nullable String junkFolder,
        @Nullable Path caFile,
        MailboxLogin login,
        Duration poll,
        int maxMessageSize,
        EmailAddress ownAddress) {

    /** How mail is fetched. */
    public enum Protocol {
        /** IMAP (RFC 3501, RFC 9051): one folder, and the server tells of news. */
        IMAP,
        /** POP3 (RFC 1939): the inbox, looked at now and then. */
        POP3
    }

    /** How often is looked when nothing else is said. */
    public static final Duration DEFAULT_POLL = Duration.ofMinutes(1);

    public MailboxSettings {
        if (security == MailboxSecurity.NONE && !MailboxUrl.isLoopback(host)) {
            throw new IllegalArgumentException(
                    "a login is never sent unencrypted to another machine; use STARTTLS or TLS");
        }
        if (poll.compareTo(Duration.ofMillis(100)) < 0 || poll.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("poll is 100ms to 1d");
        }
        if (protocol == Protocol.POP3 && !folder.equalsIgnoreCase("INBOX")) {
            throw new IllegalArgumentException("POP3 has no folder but INBOX; remove folder, or use imaps://");
        }
        if (protocol == Protocol.POP3 && junkFolder != null) {
            throw new IllegalArgumentException("POP3 has no folder but INBOX; remove junk, or use imaps://");
        }
        if (folder.equals(junkFolder)) {
            throw new IllegalArgumentException("folder and junk are the same; remove junk, or name another folder");
        }
    }

    /**
     * Reads {@code imap://host:port/?folder=INBOX&junk=Junk&starttls=require}, {@code imaps://}, {@code pop3://} or {@code pop3s://}; ports are 143, 993,
     * 110 and 995 when none is told.
     *
     * @param url holds no user and no password
     * @throws IllegalArgumentException when it is no such URL, or the login would be sent unencrypted; the message says what would be
     *     right and shows no more of the URL than scheme, host and port
     */
    public static MailboxSettings parse(String url, MailboxLogin login, int maxMessageSize, EmailAddress ownAddress) {
        return MailboxUrl.parse(url).settings(login, maxMessageSize, ownAddress);
    }

    /** The same mailbox with other authorities. */
    public MailboxSettings trusting(@Nullable Path otherCaFile) {
        return new MailboxSettings(
                protocol,
                host,
                port,
                security,
                folder,
                junkFolder,
                otherCaFile,
                login,
                poll,
                maxMessageSize,
                ownAddress);
    }

    /** The same mailbox, looked at so often. */
    public MailboxSettings polledEvery(Duration otherPoll) {
        return new MailboxSettings(
                protocol,
                host,
                port,
                security,
                folder,
                junkFolder,
                caFile,
                login,
                otherPoll,
                maxMessageSize,
                ownAddress);
    }

    /** The mailbox for logs: {@code imaps://webscout@mail.company.test:993/INBOX}; without secrets. */
    public String describe() {
        String name = protocol == Protocol.IMAP ? "imap" : "pop3";
        return name + (security == MailboxSecurity.IMPLICIT ? "s://" : "://") + login.user() + "@" + hostAndPort()
                + (protocol == Protocol.IMAP ? "/" + folder : "");
    }

    String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
