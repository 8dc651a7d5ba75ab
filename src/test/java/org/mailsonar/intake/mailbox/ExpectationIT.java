package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.LogLines;
import org.mailsonar.time.TimeSource;

/** The agent at a Dovecot that tells of nothing by itself, in a mailbox that is looked at once an hour: only who expects mail finds it soon. */
@NeedsDovecot
class ExpectationIT {

    private static MailboxSite site;

    private final Waits waits = new Waits();
    private final RecordingHandler handler = RecordingHandler.accepting();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, GeneralSecurityException {
        site = MailboxSite.start(directory, "imap_capability = IMAP4rev1 SASL-IR LITERAL+ ID ENABLE UIDPLUS");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAPS", "POP3S"})
    void who_sleeps_is_woken_when_mail_is_expected_and_looks_often_until_it_comes(Service service) throws IOException {
        String user = site.newUser();
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = watch(site.settings(service, user))) {
            awaitFirstLook(log, agent);
            for (int i = 1; i < 4; i++) {
                waits.begin();
                site.deliverProbe(user, "probe-" + i);
                handler.await(i);
                waits.end();
            }
            site.awaitInbox(user, List.of());
            assertThat(log.with("WARN")).isEmpty();
        }
        assertThat(waits.sleepers()).as("after the end").isZero();
        assertThat(handler.mails().stream().map(ReceivedMail::junk)).containsOnly(false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAPS", "POP3S"})
    void a_message_was_there_no_longer_than_since_the_look_before(Service service) throws IOException {
        String user = site.newUser();
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = watch(site.settings(service, user))) {
            awaitFirstLook(log, agent);
            waits.begin();
            long before = System.nanoTime();
            site.deliverProbe(user, "probe");
            long delivered = System.nanoTime();
            handler.await(1);
            ReceivedMail mail = handler.mails().getFirst();
            long latest = mail.received().monotonicNanos();
            long earliest = latest - mail.resolution().toNanos();
            assertThat(latest).isGreaterThan(before);
            assertThat(earliest).isLessThan(delivered);
        }
    }

    @Test
    void a_return_in_the_folder_for_junk_is_found_marked_and_deleted_and_nothing_else_is() throws IOException {
        String user = site.newUser();
        site.dovecot().admin("mailbox", "create", "-u", user, "Junk");
        deliverJunk(user, "Subject: win a prize\n\nnow\n");
        List<String> others = junk(user);
        site.deliverOthers(user);
        List<String> inbox = site.inbox(user);
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = watch(site.settings(
                        Service.IMAPS, "/?junk=Junk", new MailboxLogin.Password(user, MailboxSite.PASSWORD)))) {
            awaitFirstLook(log, agent);
            waits.begin();
            deliverJunk(user, MailboxSite.probe("before"));
            handler.await(1); // it may be there at the first look, before which nobody knows how long
            waits.begin();
            deliverJunk(user, MailboxSite.probe("in-junk"));
            handler.await(2);
            waits.begin();
            site.deliverProbe(user, "in-inbox");
            handler.await(3);
            site.awaitInbox(user, inbox);
            Poll.until("the folder for junk to be as before", () -> junk(user).equals(others));
            assertThat(log.with("WARN")).isEmpty();
        }
        assertThat(handler.subjects()).containsExactly("before", "in-junk", "in-inbox");
        assertThat(handler.mails().stream().map(ReceivedMail::junk)).containsExactly(true, true, false);
        assertThat(handler.mails().get(1).client())
                .isEqualTo("imap:127.0.0.1:" + site.dovecot().port(Service.IMAPS) + "/Junk");
        assertThat(handler.mails().get(1).resolution()).isLessThan(Duration.ofHours(1));
    }

    @Test
    void a_folder_for_junk_that_is_not_there_is_told_once_and_the_inbox_goes_on() throws IOException {
        String user = site.newUser();
        MailboxSettings missing =
                site.settings(Service.IMAPS, "/?junk=Spam", new MailboxLogin.Password(user, MailboxSite.PASSWORD));
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = watch(missing)) {
            for (int i = 1; i < 4; i++) {
                waits.begin();
                site.deliverProbe(user, "probe-" + i);
                handler.await(i);
            }
            assertThat(log.with("WARN"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN " + agent.describe() + ": junk is not looked at: folder Spam: ");
            assertThat(agent.trouble()).isEmpty();
            assertThat(MailboxAgent.check(missing, TimeSource.system()).orElseThrow())
                    .startsWith("folder Spam: ");
        }
    }

    private MailboxAgent watch(MailboxSettings settings) {
        return MailboxAgent.start(
                settings.polledEvery(Duration.ofHours(1)), MailboxSite.LIMITS, handler, TimeSource.system(), waits);
    }

    private static void awaitFirstLook(LogLines log, MailboxAgent agent) {
        Poll.until(
                "the first look",
                () -> !log.with("watching " + agent.describe()).isEmpty());
    }

    /** As a server does that sorts what it takes for junk. */
    private static void deliverJunk(String user, String message) throws IOException {
        Path file = Files.writeString(site.dovecot().maildir(user).resolveSibling(user + ".eml"), message);
        site.dovecot().admin("save", "-u", user, "-m", "Junk", file.toString());
    }

    private static List<String> junk(String user) {
        return site.dovecot()
                .admin("-f", "flow", "fetch", "-u", user, "uid flags hdr.subject", "mailbox", "Junk")
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.replaceAll(" ?\\\\Recent", ""))
                .toList();
    }
}
