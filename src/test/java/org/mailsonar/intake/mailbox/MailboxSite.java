package org.mailsonar.intake.mailbox;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.lab.DovecotLab;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.Poll;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.testing.TestCertificates;
import org.mailsonar.time.TimeSource;

/** A Dovecot with many users, each for one test, and the authority that vouches for it. */
final class MailboxSite implements AutoCloseable {

    static final String PASSWORD = "hunter2-and-more";

    /** Short, so that a test need not wait. */
    static final MailboxLimits LIMITS = new MailboxLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(9),
            Duration.ofMillis(50),
            Duration.ofMillis(200));

    private static final int USERS = 60;
    private static final EmailAddress OWN = EmailAddress.parse("own@company.test");

    private final DovecotLab dovecot;
    private final TokenServer tokens;
    private final Path caFile;
    private final AtomicInteger usersTaken = new AtomicInteger();

    private MailboxSite(DovecotLab dovecot, TokenServer tokens, Path caFile) {
        this.dovecot = dovecot;
        this.tokens = tokens;
        this.caFile = caFile;
    }

    static MailboxSite start(Path directory, String... settings) throws IOException, GeneralSecurityException {
        TestCertificates authority = TestCertificates.authority(directory, "authority");
        Path server = authority.serverFile("server", "ip:127.0.0.1");
        Map<String, String> users = new TreeMap<>();
        for (int i = 0; i < USERS; i++) {
            users.put("user" + i, PASSWORD);
        }
        TokenServer tokens = TokenServer.start();
        DovecotLab dovecot = DovecotLab.start(server, users, tokens.introspectionUrl(), settings);
        return new MailboxSite(dovecot, tokens, authority.caFile());
    }

    DovecotLab dovecot() {
        return dovecot;
    }

    TokenServer tokens() {
        return tokens;
    }

    Path caFile() {
        return caFile;
    }

    /** A user whom no other test has. */
    String newUser() {
        return "user" + usersTaken.getAndIncrement();
    }

    /** The user's mailbox by this service, polled each tenth of a second; IMAP and POP3 unencrypted unless STARTTLS is told. */
    MailboxSettings settings(Service service, String options, MailboxLogin login) {
        String scheme = service.name().toLowerCase(java.util.Locale.ROOT);
        String url = scheme + "://127.0.0.1:" + dovecot.port(service) + options;
        return MailboxSettings.parse(url, login, 64 * 1024, OWN)
                .trusting(caFile)
                .polledEvery(Duration.ofMillis(100));
    }

    MailboxSettings settings(Service service, String user) {
        return settings(service, "", new MailboxLogin.Password(user, PASSWORD));
    }

    static MailboxAgent watch(MailboxSettings settings, MailHandler handler) {
        return MailboxAgent.start(settings, LIMITS, handler, TimeSource.system());
    }

    /** A message that may be a probe. */
    void deliverProbe(String user, String subject) throws IOException {
        dovecot.deliver("probe+1@monitor.test", user, probe(subject));
    }

    static String probe(String subject) {
        return "Subject: " + subject + "\nMailsonar-Probe: token\nMessage-ID: <" + subject + "@x.test>\n\nhello\n";
    }

    /** Mail of a person: unread, read, flagged, and marked as deleted by somebody else. */
    void deliverOthers(String user) throws IOException {
        for (String kind : List.of("unread", "read", "flagged", "marked")) {
            dovecot.deliver("friend@example.test", user, "Subject: " + kind + "\n\nhello\n");
        }
        dovecot.admin("flags", "add", "-u", user, "\\Seen", "mailbox", "INBOX", "header", "subject", "read");
        dovecot.admin("flags", "add", "-u", user, "\\Flagged", "mailbox", "INBOX", "header", "subject", "flagged");
        dovecot.admin("flags", "add", "-u", user, "\\Deleted", "mailbox", "INBOX", "header", "subject", "marked");
    }

    /** UID, flags and subject of each message. {@code \Recent} is left out: it tells which session saw a message first. */
    List<String> inbox(String user) {
        return dovecot.inbox(user).stream()
                .map(line -> line.replaceAll(" ?\\\\Recent", ""))
                .collect(Collectors.toList());
    }

    void awaitInbox(String user, List<String> expected) {
        List<String> last = inbox(user);
        try {
            Poll.until("the inbox to be as expected", () -> inbox(user).equals(expected));
        } catch (IllegalStateException late) {
            throw new AssertionError("inbox was " + last + ", then " + inbox(user) + ", expected " + expected, late);
        }
    }

    @Override
    public void close() {
        dovecot.close();
        tokens.close();
    }
}
