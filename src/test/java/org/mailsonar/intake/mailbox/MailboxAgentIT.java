package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.LogLines;
import org.mailsonar.testing.TestCertificates;

/** The agent at a real Dovecot: what it takes, what it leaves alone, and how it gets over trouble. */
@NeedsDovecot
class MailboxAgentIT {

    private static MailboxSite site;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, GeneralSecurityException {
        site = MailboxSite.start(directory);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"IMAPS,''", "IMAP,/?starttls=require", "POP3S,''", "POP3,/?starttls=require", "IMAP,''", "POP3,''"})
    void a_probe_is_taken_and_all_other_mail_stays_as_it_was(Service service, String options) throws IOException {
        String user = site.newUser();
        site.deliverOthers(user);
        List<String> others = site.inbox(user);
        RecordingHandler handler = RecordingHandler.accepting();
        MailboxSettings settings =
                site.settings(service, options, new MailboxLogin.Password(user, MailboxSite.PASSWORD));
        try (MailboxAgent agent = MailboxSite.watch(settings, handler)) {
            site.deliverProbe(user, "probe");
            handler.await(1);
            site.awaitInbox(user, others);
            assertThat(agent.describe()).contains(user).doesNotContain(MailboxSite.PASSWORD);
        }
        assertThat(handler.subjects()).containsExactly("probe");
        ReceivedMail mail = handler.mails().getFirst();
        assertThat(mail.envelope().sender()).hasToString("probe+1@monitor.test");
        assertThat(mail.envelope().recipients()).singleElement().hasToString("own@company.test");
        assertThat(mail.client()).endsWith(":127.0.0.1:" + site.dovecot().port(service));
        assertThat(mail.truncated()).isFalse();
        assertThat(new String(mail.message().body(), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("hello\r\n");
        assertThat(site.inbox(user)).isEqualTo(others);
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAP", "POP3"})
    void a_deferred_message_stays_and_comes_again_until_it_is_done(Service service) throws IOException {
        String user = site.newUser();
        RecordingHandler handler = RecordingHandler.answering(new Disposition.Deferred("not now"));
        site.deliverProbe(user, "first");
        try (MailboxAgent agent = MailboxSite.watch(site.settings(service, user), handler)) {
            handler.await(3);
            assertThat(site.inbox(user)).as(agent.describe()).hasSize(1);
            handler.answer(new Disposition.Accepted("returned"));
            site.awaitInbox(user, List.of());
        }
        assertThat(handler.mails().stream().map(ReceivedMail::received).distinct())
                .as("when it was found")
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAP", "POP3"})
    void what_a_handler_throws_is_as_deferred(Service service) throws IOException {
        String user = site.newUser();
        RecordingHandler handler = RecordingHandler.accepting();
        handler.answerWith(mail -> {
            throw new IllegalStateException("broken");
        });
        site.deliverProbe(user, "first");
        try (MailboxAgent agent = MailboxSite.watch(site.settings(service, user), handler)) {
            handler.await(2);
            assertThat(site.inbox(user)).as(agent.describe()).hasSize(1);
            handler.answer(new Disposition.Accepted("returned"));
            site.awaitInbox(user, List.of());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAP", "POP3"})
    void only_what_is_proven_to_be_ours_is_deleted(Service service) throws IOException {
        String user = site.newUser();
        RecordingHandler handler = RecordingHandler.accepting();
        Disposition.Detail proven = new Disposition.Detail("loop", "01KAJ2V0N2Q4Q4X8YB7D6S5T3R");
        handler.answerWith(mail -> switch (subject(mail)) {
            case "unwanted" -> new Disposition.Unwanted("a stranger's");
            case "failed" -> new Disposition.Failed("refused for good", proven);
            case "discarded" -> new Disposition.Discarded("a stranger's");
            case "discarded-probe" -> new Disposition.Discarded("a loop", proven);
            default -> new Disposition.Accepted("returned");
        });
        for (String subject : List.of("unwanted", "failed", "discarded", "discarded-probe")) {
            site.deliverProbe(user, subject);
        }
        List<String> kept = site.inbox(user).subList(0, 3);
        try (MailboxAgent agent = MailboxSite.watch(site.settings(service, user), handler)) {
            site.awaitInbox(user, kept);
            site.dovecot().kick(user); // a new connection starts where the old one was
            site.deliverProbe(user, "last");
            handler.await(5);
            site.awaitInbox(user, kept);
            assertThat(handler.subjects())
                    .as(agent.describe())
                    .containsExactly("unwanted", "failed", "discarded", "discarded-probe", "last");
        }
    }

    private static String subject(ReceivedMail mail) {
        return mail.message().first("Subject").orElseThrow().value();
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAP", "POP3"})
    void of_a_message_that_is_too_long_the_beginning_is_read(Service service) throws IOException {
        String user = site.newUser();
        String line = "x".repeat(70) + "\n";
        site.dovecot().deliver("", user, MailboxSite.probe("long") + line.repeat(3000));
        RecordingHandler handler = RecordingHandler.accepting();
        try (MailboxAgent agent = MailboxSite.watch(site.settings(service, user), handler)) {
            handler.await(1);
            assertThat(agent.describe()).contains(user);
        }
        ReceivedMail mail = handler.mails().getFirst();
        assertThat(mail.truncated()).isTrue();
        assertThat(mail.envelope().sender()).isNull();
        assertThat(mail.message().size()).isBetween(4 * 1024, 64 * 1024);
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAP", "POP3"})
    void many_messages_are_each_handled_once(Service service) throws IOException {
        String user = site.newUser();
        List<String> subjects =
                IntStream.range(0, 120).mapToObj(i -> "probe-" + i).toList();
        for (String subject : subjects) {
            site.deliverProbe(user, subject);
        }
        RecordingHandler handler = RecordingHandler.accepting();
        try (MailboxAgent agent = MailboxSite.watch(site.settings(service, user), handler)) {
            handler.await(120);
            site.awaitInbox(user, List.of());
            assertThat(agent.describe()).contains(user);
        }
        assertThat(handler.subjects()).containsExactlyElementsOf(subjects);
    }

    @Test
    void idle_tells_of_a_message_long_before_the_next_poll() throws IOException {
        String user = site.newUser();
        RecordingHandler handler = RecordingHandler.accepting();
        MailboxSettings settings = site.settings(Service.IMAPS, user).polledEvery(Duration.ofHours(1));
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(settings, handler)) {
            Poll.until(
                    "the first look",
                    () -> !log.with("watching " + agent.describe()).isEmpty());
            site.deliverProbe(user, "one");
            handler.await(1);
            site.deliverProbe(user, "two");
            handler.await(2);
            site.awaitInbox(user, List.of());
        }
        assertThat(handler.mails().stream().map(ReceivedMail::resolution)).containsOnly(Duration.ofMillis(600));
    }

    @Test
    void idle_is_renewed() throws IOException {
        String user = site.newUser();
        RecordingHandler handler = RecordingHandler.accepting();
        MailboxLimits renewing = new MailboxLimits(
                MailboxSite.LIMITS.connect(),
                Duration.ofMillis(400),
                Duration.ofMillis(900),
                MailboxSite.LIMITS.shortestPause(),
                MailboxSite.LIMITS.longestPause());
        MailboxSettings settings = site.settings(Service.IMAPS, user).polledEvery(Duration.ofHours(1));
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent =
                        MailboxAgent.start(settings, renewing, handler, org.mailsonar.time.TimeSource.system())) {
            for (int i = 1; i < 4; i++) {
                site.deliverProbe(user, "probe-" + i);
                handler.await(i);
                Poll.until("a while", new Countdown(Duration.ofMillis(1500))::isOver);
            }
            assertThat(log.all())
                    .as("silence within an IDLE is no trouble")
                    .containsExactly("INFO watching " + agent.describe());
        }
    }

    private record Countdown(long end) {
        Countdown(Duration time) {
            this(System.nanoTime() + time.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - end > 0;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAPS", "POP3S"})
    void another_authority_gets_no_login_until_the_file_is_right(Service service, @TempDir Path directory)
            throws IOException, GeneralSecurityException {
        String user = site.newUser();
        site.deliverProbe(user, "probe");
        Path caFile = TestCertificates.authority(directory, "other").caFile();
        RecordingHandler handler = RecordingHandler.accepting();
        MailboxSettings settings = site.settings(service, user).trusting(caFile);
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(settings, handler)) {
            Poll.until(
                    "a line",
                    () -> !log.with("the certificate was not accepted").isEmpty());
            String told = log.with("the certificate was not accepted").getFirst();
            assertThat(told).contains("WARN", agent.describe(), "caFile").doesNotContain(MailboxSite.PASSWORD);
            assertThat(site.dovecot().log()).doesNotContain("Login: user=<" + user + ">");
            assertThat(handler.mails()).isEmpty();

            Files.copy(site.caFile(), caFile, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            handler.await(1);
            Poll.until("a line", () -> !log.with("watching").isEmpty());
            assertThat(log.with("certificate")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAPS", "POP3S"})
    void a_certificate_of_another_host_gets_no_login(Service service) {
        String user = site.newUser();
        MailboxSettings right = site.settings(service, user);
        String scheme = service == Service.IMAPS ? "imaps" : "pop3s";
        MailboxSettings other = MailboxSettings.parse(
                        scheme + "://localhost:" + right.port(), right.login(), 1024, right.ownAddress())
                .trusting(site.caFile());
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(other, RecordingHandler.accepting())) {
            Poll.until(
                    "a line",
                    () -> !log.with("the certificate was not accepted").isEmpty());
            assertThat(log.all()).singleElement().asString().contains(agent.describe());
        }
        assertThat(site.dovecot().log()).doesNotContain("Login: user=<" + user + ">");
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAPS", "POP3S", "IMAP", "POP3"})
    void a_wrong_password_is_told_once_and_works_when_it_is_right(Service service) throws IOException {
        String user = site.newUser();
        site.dovecot().password(user, "another-one");
        site.deliverProbe(user, "probe");
        RecordingHandler handler = RecordingHandler.accepting();
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(site.settings(service, user), handler)) {
            Poll.until("a line", () -> !log.all().isEmpty());
            long triesBefore = tries(user);
            Poll.until("more tries", () -> tries(user) >= triesBefore + 2);
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARN " + agent.describe() + ": the login is refused: ")
                    .doesNotContain(MailboxSite.PASSWORD);
            site.dovecot().password(user, MailboxSite.PASSWORD);
            handler.await(1);
            site.awaitInbox(user, List.of());
        }
    }

    private static long tries(String user) {
        return site.dovecot()
                .log()
                .lines()
                .filter(line -> line.contains("-login: ") && line.contains("user=<" + user + ">"))
                .count();
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        String user = site.newUser();
        MailboxSettings settings =
                site.settings(Service.IMAP, "/?folder=Probes", new MailboxLogin.Password(user, MailboxSite.PASSWORD));
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(settings, RecordingHandler.accepting())) {
            Poll.until("a line", () -> !log.all().isEmpty());
            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARN " + agent.describe() + ": folder Probes: ");
        }
    }

    @Test
    void mail_that_was_there_before_is_found_and_ended_sessions_are_opened_again() throws IOException {
        String user = site.newUser();
        site.deliverProbe(user, "before");
        RecordingHandler handler = RecordingHandler.accepting();
        try (MailboxAgent agent = MailboxSite.watch(site.settings(Service.IMAPS, user), handler)) {
            handler.await(1);
            for (int i = 2; i < 5; i++) {
                site.dovecot().kick(user);
                site.deliverProbe(user, "probe-" + i);
                handler.await(i);
            }
            site.awaitInbox(user, List.of());
            assertThat(agent.describe()).contains(user);
        }
        assertThat(handler.subjects().stream().collect(Collectors.toSet())).hasSize(4);
        assertThat(handler.subjects()).hasSize(4);
    }
}
