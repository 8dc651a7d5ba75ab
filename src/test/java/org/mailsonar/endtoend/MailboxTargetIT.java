package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.lab.DovecotLab;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.TestCertificates;

/** A site without a reflector: sent through a real Postfix, fetched from a real Dovecot. */
@NeedsDovecot
@NeedsPostfix
class MailboxTargetIT {

    private static final String PASSWORD = "hunter2-and-more";

    @TempDir
    private Path directory;

    private DovecotLab dovecot;
    private PostfixLab postfix;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        TestCertificates authority = TestCertificates.authority(directory, "ca");
        authority.caFile();
        Path server = authority.serverFile("server", "ip:127.0.0.1");
        dovecot = DovecotLab.start(server, Map.of("webscout", PASSWORD), "http://127.0.0.1:9/");
        postfix = PostfixLab.inNewDirectory().user("webscout").start();
        postfix.forward("webscout", "|\"" + postfix.program("store", deliver()) + "\"");
        TestKeys.copy("monitor.key", directory, "rw-------");
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() {
        postfix.close();
        dovecot.close();
    }

    @ParameterizedTest
    @CsvSource({"IMAPS, imaps", "POP3S, pop3s"})
    void a_probe_is_fetched_from_the_sites_own_mailbox_and_a_persons_mail_stays(Service service, String scheme)
            throws IOException {
        dovecot.deliver("friend@example.test", "webscout", "Subject: dinner\n\nat eight?\n");
        Path file = Files.writeString(
                directory.resolve("monitor.yaml"), """
                database: jdbc:sqlite:ledger.db
                key: monitor.key
                from: probe@monitor.test
                returnTo: return@monitor.test
                submit: smtp://127.0.0.1:%d
                targets:
                  - address: webscout@company.test
                    name: hosted
                    every: 2s
                    slowAfter: 20s
                    timeout: 30s
                    mailbox: {url: "%s://127.0.0.1:%d", user: webscout, passwordFile: password, caFile: ca.pem}
                """.formatted(postfix.port(), scheme, dovecot.port(service)));
        try (Program monitor = WholeSite.mailsonar("monitor", "--config", file.toString())) {
            monitor.await("webscout@company.test  round trip ");
            Poll.until("a second one", () -> monitor.count("  round trip ") >= 2);
            assertThat(monitor.errors()).doesNotContain(PASSWORD);
            monitor.terminate();
            assertThat(monitor.status()).as(monitor.toString()).isZero();
        }
        assertThat(dovecot.inbox("webscout")).hasSizeBetween(1, 2); // the person's, and a probe that came as it ended
    }

    /** What Dovecot's own delivery program does behind a mail server, over LMTP. */
    private String deliver() {
        return """
                #!/usr/bin/python3
                import os, smtplib, sys
                with smtplib.LMTP("127.0.0.1", %d) as lmtp:
                    message = sys.stdin.buffer.read()
                    message = message[message.index(b"\\n") + 1:] if message.startswith(b"From ") else message
                    lmtp.sendmail(os.environ["SENDER"], ["webscout"], message)
                """.formatted(dovecot.port(Service.LMTP));
    }
}
