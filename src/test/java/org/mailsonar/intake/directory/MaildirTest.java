package org.mailsonar.intake.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.files.Disk;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.directory.DirectorySettings.Kind;
import org.mailsonar.lab.Poll;

/** What holds for a Maildir alone, which a person may read at the same time. */
class MaildirTest {

    @TempDir
    private Path temporary;

    private WatchLab lab;
    private Path cur;

    @BeforeEach
    void prepare() {
        lab = new WatchLab(Kind.MAILDIR, temporary.resolve("Maildir"));
        cur = lab.root.resolve("cur");
    }

    @Test
    void a_place_that_is_not_there_hides_no_mail_in_another() throws IOException {
        Files.delete(lab.fresh());
        Files.writeString(cur.resolve("mail:2,"), WatchLab.mail("accept"));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled("accept")).isOne();
    }

    @Test
    void the_header_above_the_first_received_tells_the_envelope() {
        lab.deliver("mail", """
                Return-Path: <probe@monitor.test>
                X-Original-To: webscout+x@company.test
                Delivered-To: webscout@mail.company.test
                Received: from monitor.test
                Envelope-To: somebody@elsewhere.test
                Subject: accept

                body
                """);
        lab.deliver("other", """
                Received: from monitor.test
                Delivered-To: somebody@elsewhere.test
                Subject: accept

                body
                """);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled)
                .extracting(mail -> mail.envelope().senderOrEmpty() + " "
                        + mail.envelope().recipients().getFirst())
                .containsExactlyInAnyOrder("probe@monitor.test webscout+x@company.test", " webscout@company.test");
    }

    @Test
    void mail_that_a_mail_program_has_moved_is_looked_at_while_unread_and_young() throws IOException {
        Files.writeString(cur.resolve("1.unread:2,"), WatchLab.mail("accept"));
        Files.writeString(cur.resolve("2.read:2,S"), WatchLab.mail("accept"));
        Files.writeString(cur.resolve("3.trashed:2,T"), WatchLab.mail("accept"));
        Path old = Files.writeString(cur.resolve("4.old:2,"), WatchLab.mail("accept"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            Poll.until("the unread one to go", () -> lab.names("cur").size() == 3);
            lab.deliverMail("discard");
            Poll.until("another mail", () -> lab.handled("discard") == 1);
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.names("cur")).containsExactly("2.read:2,S", "3.trashed:2,T", "4.old:2,");
        assertThat(lab.handled("accept")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept", "fail"})
    void mail_that_is_moved_and_flagged_while_it_is_handled_is_found_and_not_handled_again(String subject)
            throws Exception {
        Path file = lab.deliver("1.mail", WatchLab.mail(subject));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP, mail -> {
            lab.handled.add(mail);
            begun.countDown();
            try {
                moved.await();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
            return WatchLab.answer(mail);
        })) {
            begun.await();
            Files.move(file, cur.resolve("1.mail:2,S"));
            moved.countDown();
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled).hasSize(1);
        assertThat(lab.names("failed")).hasSize(subject.equals("fail") ? 2 : 0);
    }

    @Test
    void a_strangers_mail_that_is_moved_and_read_is_not_looked_at_again() throws IOException {
        Path file = lab.deliverMail("stranger");
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            Poll.until("the stranger's mail", () -> lab.handled("stranger") == 1);
            Files.move(file, cur.resolve(file.getFileName() + ":2,"));
            lab.deliverMail("accept");
            Poll.until("another mail", () -> lab.handled("accept") == 1);
            Files.move(cur.resolve(file.getFileName() + ":2,"), cur.resolve(file.getFileName() + ":2,F"));
            lab.deliver("again", WatchLab.mail("accept"));
            Poll.until("one more", () -> lab.handled("accept") == 2);
            Poll.until("it to go", () -> lab.names("new").isEmpty());
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled("stranger")).isOne();
        assertThat(lab.names("cur")).containsExactly("stranger:2,F");
    }

    @Test
    void a_maildir_that_comes_later_is_waited_for() throws IOException {
        Path later = temporary.resolve("later");
        DirectorySettings settings = DirectorySettings.of(Kind.MAILDIR, later, WatchLab.OWN, WatchLab.LIMIT);
        CountDownLatch seen = new CountDownLatch(1);
        try (DirectoryWatcher watcher = lab.watch(
                settings.with(WatchLab.BY_EVENT),
                mail -> {
                    seen.countDown();
                    return new Disposition.Accepted("returned");
                },
                Disk.real())) {
            assertThat(watcher.waiting()).isZero();
            assertThat(later).doesNotExist();
            new WatchLab(Kind.MAILDIR, later).deliverMail("accept");
            Poll.until("the first mail", () -> seen.getCount() == 0);
        }
    }
}
