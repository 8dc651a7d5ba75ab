package org.mailsonar.intake.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.files.CrashingDisk;
import org.mailsonar.files.Disk;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.intake.directory.DirectorySettings.Kind;
import org.mailsonar.lab.Poll;

/** What holds for all kinds of directory. */
class DirectoryWatcherTest {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource
    void a_mail_that_comes_is_found_by_its_event_handled_and_deleted(Kind kind) {
        WatchLab lab = lab(kind);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.deliverMail("discard"); // the first may still be found by the sweep of the start
            lab.awaitNothingWaiting();
            lab.deliverMail("accept");
            lab.awaitNothingWaiting();
            assertThat(watcher.describe()).isEqualTo(kind.word() + ":" + lab.root);
        }
        assertThat(lab.handled("accept")).isOne();
        assertThat(lab.handled.getLast().client()).isEqualTo(kind.word());
    }

    @ParameterizedTest
    @EnumSource
    void a_mail_that_was_there_before_is_found_by_the_first_sweep(Kind kind) throws IOException {
        WatchLab lab = lab(kind);
        Path file = lab.deliverMail("accept");
        Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
        Files.setLastModifiedTime(file, FileTime.from(hourAgo));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled)
                .singleElement()
                .satisfies(mail -> assertThat(mail.resolution()).isBetween(Duration.ofHours(1), Duration.ofHours(2)));
    }

    @ParameterizedTest
    @EnumSource
    void a_time_of_writing_in_the_future_is_no_negative_resolution(Kind kind) throws IOException {
        WatchLab lab = lab(kind);
        Files.setLastModifiedTime(
                lab.deliverMail("accept"), FileTime.from(Instant.now().plus(Duration.ofHours(1))));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.oldest()).isEmpty();
        }
        assertThat(lab.handled.getFirst().resolution()).isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @EnumSource
    void a_failed_mail_is_kept_with_its_reason_on_one_line_for_its_owner_alone(Kind kind) throws IOException {
        WatchLab lab = lab(kind);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.deliverMail("fail");
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        String name = lab.name("fail");
        assertThat(lab.names("failed")).containsExactly(name, name + ".reason");
        assertThat(lab.root.resolve("failed/" + name)).hasContent(WatchLab.mail("fail"));
        assertThat(lab.root.resolve("failed/" + name + ".reason")).hasContent("refused?for good");
        assertThat(lab.handled("fail")).isOne();
        assertThat(Files.getPosixFilePermissions(lab.root.resolve("failed")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @EnumSource
    void unwanted_mail_stays_untouched_where_a_person_may_read_it_and_is_looked_at_once(Kind kind) {
        WatchLab lab = lab(kind);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            lab.deliverMail("stranger");
            Poll.until("the stranger's mail", () -> lab.handled("stranger") > 0);
            for (int i = 0; i < 5; i++) { // several sweeps
                lab.handled.removeIf(mail -> WatchLab.subject(mail).equals("discard"));
                lab.deliver("discard" + i, WatchLab.mail("discard"));
                Poll.until("another mail", () -> lab.handled("discard") > 0);
            }
            Poll.until("the others to go", () -> lab.waiting().stream().noneMatch(name -> name.startsWith("discard")));
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled("stranger")).isOne();
        assertThat(lab.waiting()).hasSize(kind == Kind.SPOOL ? 0 : 1);
        assertThat(lab.names("failed")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"defer", "throw"})
    void what_is_deferred_or_thrown_stays_and_is_tried_again_with_growing_pauses(String subject) {
        WatchLab lab = lab(Kind.SPOOL);
        Path file = lab.deliverMail(subject);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            Poll.until("four tries", () -> lab.handled.size() >= 4);
            assertThat(watcher.waiting()).isOne();
            assertThat(watcher.oldest()).isPresent();
        }
        assertThat(lab.root.resolve("cur").resolve(file.getFileName())).hasContent(WatchLab.mail(subject));
        long first = between(lab, 0, 1);
        assertThat(first).isGreaterThanOrEqualTo(20_000_000L);
        assertThat(between(lab, 1, 2)).isGreaterThanOrEqualTo(40_000_000L);
        assertThat(between(lab, 2, 3)).isGreaterThanOrEqualTo(80_000_000L);
    }

    private static long between(WatchLab lab, int one, int other) {
        return lab.handled.get(other).received().monotonicNanos()
                - lab.handled.get(one).received().monotonicNanos();
    }

    @ParameterizedTest
    @EnumSource
    void a_message_larger_than_allowed_is_read_to_the_limit_and_marked(Kind kind) {
        WatchLab lab = lab(kind);
        lab.deliver("accept", WatchLab.mail("accept") + "x".repeat(WatchLab.LIMIT));
        lab.deliver(
                "just",
                WatchLab.mail("accept")
                        + "x".repeat(WatchLab.LIMIT - WatchLab.mail("accept").length()));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled).extracting(ReceivedMail::truncated).containsExactlyInAnyOrder(true, false);
        assertThat(lab.handled).allMatch(mail -> mail.message().size() == WatchLab.LIMIT);
    }

    @Test
    void no_more_files_than_set_are_handled_at_a_time_and_none_twice() throws InterruptedException {
        WatchLab lab = lab(Kind.SPOOL);
        for (int i = 0; i < 200; i++) {
            lab.deliver("mail-" + i, WatchLab.mail("accept"));
        }
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        CountDownLatch sixteen = new CountDownLatch(16);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP, mail -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            all.incrementAndGet();
            sixteen.countDown();
            try {
                sixteen.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            now.decrementAndGet();
            return new Disposition.Accepted("returned");
        })) {
            sixteen.await();
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(most.get()).isEqualTo(16);
        assertThat(all.get()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void what_cannot_be_deleted_is_not_handled_again(Kind kind) {
        WatchLab lab = lab(kind);
        lab.deliverMail("accept");
        StubbornDisk disk = new StubbornDisk();
        try (DirectoryWatcher watcher = lab.watch(
                lab.settings(WatchLab.BY_SWEEP),
                mail -> {
                    lab.handled.add(mail);
                    return new Disposition.Accepted("returned");
                },
                disk)) {
            Poll.until("three tries to delete it", () -> disk.refused.get() >= 3);
            assertThat(watcher.waiting()).isOne();
            disk.isStubborn = false;
            lab.awaitNothingWaiting();
        }
        assertThat(lab.handled).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"DROP, accept", "DROP, fail", "MAILDIR, accept", "MAILDIR, fail"})
    void another_mail_under_the_name_of_one_that_is_done_is_handled_and_not_taken_for_it(Kind kind, String subject) {
        WatchLab lab = lab(kind);
        lab.deliver("name", WatchLab.mail(subject));
        StubbornDisk disk = new StubbornDisk();
        try (DirectoryWatcher watcher = lab.watch(
                lab.settings(WatchLab.BY_SWEEP),
                mail -> {
                    lab.handled.add(mail);
                    return WatchLab.answer(mail);
                },
                disk)) {
            Poll.until("three tries to be rid of it", () -> disk.refused.get() >= 3);
            lab.deliver("name", WatchLab.mail("stranger"));
            Poll.until("the other mail to be handled", () -> lab.handled("stranger") > 0);
            disk.isStubborn = false;
            assertThat(watcher.describe()).startsWith(kind.word());
        }
        assertThat(lab.handled(subject)).isOne();
        assertThat(lab.waiting()).containsExactly(lab.name("name"));
        assertThat(lab.names("failed")).doesNotContain(lab.name("name"));
    }

    /** Deletes nothing and keeps nothing, as on a file system that has turned read-only. */
    private static final class StubbornDisk extends ForwardingDisk {

        private final AtomicInteger refused = new AtomicInteger();
        private volatile boolean isStubborn = true;

        @Override
        public void delete(Path file) throws IOException {
            if (isStubborn) {
                refused.incrementAndGet();
                throw new IOException("Read-only file system");
            }
            super.delete(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (isStubborn && String.valueOf(to.getParent()).endsWith("failed")) {
                refused.incrementAndGet();
                throw new IOException("Read-only file system");
            }
            super.rename(from, to);
        }
    }

    private abstract static class ForwardingDisk implements Disk {

        private final Disk real = CrashingDisk.never();

        @Override
        public void create(Path file, byte[] content) throws IOException {
            real.create(file, content);
        }

        @Override
        public byte[] read(Path file, int limit) throws IOException {
            return real.read(file, limit);
        }

        @Override
        public void sync(Path file) throws IOException {
            real.sync(file);
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            real.syncDirectory(directory);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            real.rename(from, to);
        }

        @Override
        public void delete(Path file) throws IOException {
            real.delete(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_directory_that_goes_and_comes_back_is_watched_again(Kind kind) throws IOException {
        WatchLab lab = lab(kind);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.deliverMail("accept");
            lab.awaitNothingWaiting();
            Path away = lab.root.resolveSibling("away");
            Files.move(lab.root, away);
            assertThat(watcher.waiting()).isZero();
            Poll.until("the watcher to notice", () -> !Files.exists(lab.root.resolve("new")));
            WatchLab again = new WatchLab(kind, lab.root);
            again.deliverMail("accept");
            Poll.until("the mail in the new directory", () -> lab.handled("accept") == 2);
            again.awaitNothingWaiting();
            again.deliverMail("accept");
            again.awaitNothingWaiting();
        }
        assertThat(lab.handled("accept")).isEqualTo(3);
    }

    @Test
    void closing_takes_what_has_come_until_then_and_waits_for_it() {
        WatchLab lab = lab(Kind.SPOOL);
        DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT);
        lab.deliverMail("discard");
        lab.awaitNothingWaiting();
        for (int i = 0; i < 50; i++) {
            lab.deliver("mail-" + i, WatchLab.mail("accept"));
        }
        watcher.close();
        watcher.close();
        assertThat(lab.waiting()).isEmpty();
        assertThat(lab.handled("accept")).isEqualTo(50);
    }

    @Test
    void closing_ends_although_every_handler_hangs_and_their_mail_stays() {
        WatchLab lab = lab(Kind.SPOOL);
        for (int i = 0; i < 30; i++) {
            lab.deliver("mail-" + i, WatchLab.mail("accept"));
        }
        CountDownLatch sixteen = new CountDownLatch(16);
        CountDownLatch never = new CountDownLatch(1);
        DirectoryTimes hurried = new DirectoryTimes(
                Duration.ofSeconds(1),
                Duration.ofMillis(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(200));
        try (DirectoryWatcher watcher = lab.watch(hurried, mail -> {
            sixteen.countDown();
            try {
                never.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return new Disposition.Accepted("never");
        })) {
            Poll.until("all places to be taken", () -> sixteen.getCount() == 0);
            assertThat(watcher.waiting()).isEqualTo(30);
        }
        assertThat(lab.waiting()).hasSize(30);
    }

    private WatchLab lab(Kind kind) {
        return new WatchLab(kind, temporary.resolve("watched"));
    }
}
