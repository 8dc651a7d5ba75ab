package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.LogLines;

/** The agent at a Dovecot of its own, which stops, forgets or lacks something. */
@NeedsDovecot
class DovecotTroubleIT {

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // each test begins with start
    private MailboxSite site;

    private void start(String... settings) throws IOException, GeneralSecurityException {
        site = MailboxSite.start(directory, settings);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"IMAPS", "POP3S"})
    void a_server_that_stops_and_comes_back_is_told_once_each(Service service) throws Exception {
        start();
        String user = site.newUser();
        RecordingHandler handler = RecordingHandler.accepting();
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(site.settings(service, user), handler)) {
            Poll.until("a look", () -> !log.with("watching").isEmpty());
            site.dovecot().stop();
            Poll.until("a line", () -> !log.with("WARN").isEmpty());
            site.dovecot().startAgain();
            site.deliverProbe(user, "probe");
            handler.await(1);
            site.awaitInbox(user, List.of());
            assertThat(log.with("WARN").getFirst()).contains(agent.describe());
            assertThat(log.with("WARN")).hasSizeLessThan(3); // it may refuse logins while it starts
            assertThat(log.with("INFO " + agent.describe() + " works again")).hasSize(1);
        }
    }

    @Test
    void without_uidplus_a_probe_is_marked_and_nothing_is_expunged() throws Exception {
        start("imap_capability = IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE");
        String user = site.newUser();
        site.deliverOthers(user);
        List<String> others = site.inbox(user);
        RecordingHandler handler = RecordingHandler.accepting();
        MailboxSettings settings = site.settings(Service.IMAPS, user);
        site.deliverProbe(user, "probe");
        List<String> marked = Stream.concat(others.stream(), Stream.of("uid=5 flags=\\Deleted hdr.subject=probe"))
                .toList();
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(settings, handler)) {
            handler.await(1);
            site.awaitInbox(user, marked);
            assertThat(log.with("no UIDPLUS")).as(agent.describe()).hasSize(1);
        }
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent again = MailboxSite.watch(settings, handler)) {
            Poll.until("a look", () -> !log.with("watching").isEmpty());
            site.deliverProbe(user, "probe-2");
            handler.await(2);
            assertThat(handler.subjects()).as(again.describe()).containsExactly("probe", "probe-2");
        }
    }

    @Test
    void without_idle_the_poll_finds_all() throws Exception {
        start("imap_capability = IMAP4rev1 SASL-IR LITERAL+ ID ENABLE UIDPLUS");
        String user = site.newUser();
        RecordingHandler handler = RecordingHandler.accepting();
        try (MailboxAgent agent = MailboxSite.watch(site.settings(Service.IMAPS, user), handler)) {
            for (int i = 1; i < 4; i++) {
                site.deliverProbe(user, "probe-" + i);
                handler.await(i);
            }
            site.awaitInbox(user, List.of());
            assertThat(agent.describe()).contains(user);
        }
        assertThat(handler.subjects()).containsExactly("probe-1", "probe-2", "probe-3");
    }

    @Test
    void new_uids_for_all_messages_make_it_look_at_all_again() throws Exception {
        start();
        String user = site.newUser();
        RecordingHandler handler = RecordingHandler.answering(new Disposition.Unwanted("not now"));
        site.deliverProbe(user, "one");
        site.deliverProbe(user, "two");
        try (LogLines log = LogLines.of("org.mailsonar.intake.mailbox");
                MailboxAgent agent = MailboxSite.watch(site.settings(Service.IMAPS, user), handler)) {
            handler.await(2);
            site.dovecot().stop();
            try (Stream<Path> files = Files.list(site.dovecot().maildir(user))) {
                for (Path file : files.filter(
                                path -> path.getFileName().toString().startsWith("dovecot"))
                        .toList()) {
                    Files.delete(file);
                }
            }
            handler.answer(new Disposition.Accepted("returned"));
            site.dovecot().startAgain();
            site.awaitInbox(user, List.of());
            assertThat(log.with("new UIDs")).as(agent.describe()).hasSize(1);
        }
        assertThat(handler.subjects()).containsExactlyInAnyOrder("one", "two", "one", "two");
    }
}
