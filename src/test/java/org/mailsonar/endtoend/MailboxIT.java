package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.lab.DovecotLab;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;
import org.mailsonar.testing.TestCertificates;

/** {@code mailsonar reflector} as a process that fetches probes from a person's mailbox at a real Dovecot. */
@NeedsDovecot
class MailboxIT {

    private static final String PASSWORD = "hunter2-and-more";

    @TempDir
    private Path directory;

    private DovecotLab dovecot;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        TestCertificates authority = TestCertificates.authority(directory, "ca");
        authority.caFile();
        Path server = authority.serverFile("server", "ip:127.0.0.1");
        dovecot = DovecotLab.start(server, Map.of("webscout", PASSWORD), "http://127.0.0.1:9/");
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() {
        dovecot.close();
    }

    @ParameterizedTest
    @CsvSource({"IMAPS", "POP3S"})
    void a_probe_comes_back_and_is_deleted_beside_the_mail_of_a_person(Service service) throws IOException {
        dovecot.deliver("friend@example.test", "webscout", "Subject: dinner\n\nat eight?\n");
        dovecot.deliver(
                "probe@monitor.test", "webscout", SignedProbe.byStranger().text());
        List<String> others =
                dovecot.inbox("webscout").stream().map(MailboxIT::withoutRecent).toList();
        try (SmtpSink monitor = SmtpSink.open();
                Program reflector = startReflector(service, monitor.port())) {
            SignedProbe probe = SignedProbe.fresh();
            dovecot.deliver(probe.sender(), "webscout", probe.text());
            SmtpSink.Delivery back = monitor.next();
            assertThat(back.recipients()).containsExactly(SignedProbe.RETURN);
            assertThat(back.text()).contains(probe.id().text(), "Return-Path: <" + probe.sender() + ">");
            assertThat(reflector.await(" accepted from=<" + probe.sender()))
                    .contains(probe.id().text());
            Poll.until(
                    "the probe to be deleted",
                    () -> dovecot.inbox("webscout").stream()
                            .map(MailboxIT::withoutRecent)
                            .toList()
                            .equals(others));
            assertThat(reflector.errors()).doesNotContain(PASSWORD, "friend@example.test");
            reflector.terminate();
            assertThat(reflector.status()).as(reflector.toString()).isZero();
            assertThat(monitor.waiting()).isZero();
        }
    }

    @Test
    void kill_9_between_the_return_and_the_deletion_returns_the_probe_once_more_and_loses_nothing() throws IOException {
        AtomicReference<Runnable> beforeAnswer = new AtomicReference<>(this::freezeSessions);
        try (ScriptedServer relay = ScriptedServer.start(session -> take(session, beforeAnswer))) {
            SignedProbe probe = SignedProbe.fresh();
            dovecot.deliver(probe.sender(), "webscout", probe.text());
            try (Program reflector = startReflector(Service.IMAPS, relay.port())) {
                reflector.await(" accepted from=<" + probe.sender());
                reflector.kill();
            }
            for (ProcessHandle session : dovecot.sessions("imap")) {
                session.destroyForcibly(); // with the command that it has not read
            }
            assertThat(dovecot.inbox("webscout")).hasSize(1);
            beforeAnswer.set(() -> {});
            try (Program reflector = startReflector(Service.IMAPS, relay.port())) {
                reflector.await(" accepted from=<" + probe.sender());
                Poll.until(
                        "the probe to be deleted",
                        () -> dovecot.inbox("webscout").isEmpty());
            }
            assertThat(relay.messages()).hasSize(2);
        }
    }

    private static String withoutRecent(String line) {
        return line.replaceAll(" ?\\\\Recent", "");
    }

    /** Nothing that is sent to the mailbox from now on is done. */
    private void freezeSessions() {
        for (ProcessHandle session : dovecot.sessions("imap")) {
            try {
                new ProcessBuilder("kill", "-STOP", Long.toString(session.pid()))
                        .start()
                        .waitFor();
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private static void take(ServerSession session, AtomicReference<Runnable> beforeAnswer) throws IOException {
        session.say("220 test.invalid ESMTP\r\n");
        while (true) { // until the client goes, which ends in an exception
            if (session.line().equals("DATA")) {
                session.say("354 go on\r\n");
                session.message();
                beforeAnswer.get().run();
            }
            session.say("250 2.0.0 fine\r\n");
        }
    }

    private Program startReflector(Service service, int relayPort) throws IOException {
        Path file = Files.writeString(directory.resolve("reflector.yaml"), """
                address: webscout@company.test
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: smtp://127.0.0.1:%d
                mailboxes:
                  - url: %s://127.0.0.1:%d
                    user: webscout
                    passwordFile: password
                    caFile: ca.pem
                    poll: 500ms
                """.formatted(
                        relayPort, service.name().toLowerCase(java.util.Locale.ROOT), dovecot.port(service)));
        Program reflector = Program.start(
                InstalledTree.environment(),
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                file.toString());
        reflector.await("key(s) trusted");
        return reflector;
    }
}
