package org.mailsonar.intake.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.directory.DirectorySettings.Kind;
import org.mailsonar.lab.Poll;
import org.mailsonar.time.TimeSource;

/** What holds for Mailsonar's own spool alone. */
class SpoolTest {

    @TempDir
    private Path temporary;

    private WatchLab lab;

    @BeforeEach
    void prepare() {
        lab = new WatchLab(Kind.SPOOL, temporary.resolve("spool"));
    }

    @Test
    void what_is_absent_is_created_for_its_owner_alone() throws IOException {
        Path spool = temporary.resolve("deep/spool");
        DirectorySettings settings = DirectorySettings.of(Kind.SPOOL, spool, WatchLab.OWN, WatchLab.LIMIT);
        try (DirectoryWatcher watcher = DirectoryWatcher.start(settings, WatchLab::answer, TimeSource.system())) {
            assertThat(watcher.waiting()).isZero();
            for (String place : new String[] {"", "tmp", "new", "cur", "failed"}) {
                assertThat(mode(spool.resolve(place))).isEqualTo("rwx------");
            }
        }
    }

    @Test
    void where_mail_users_may_deliver_the_modes_are_left_but_for_cur() throws IOException {
        Path cur = Files.createDirectory(lab.root.resolve("cur"));
        Path tmp = Files.createDirectory(lab.root.resolve("tmp"));
        Files.setAttribute(tmp, "unix:mode", 03777);
        Files.setAttribute(lab.fresh(), "unix:mode", 03777);
        Files.setAttribute(cur, "unix:mode", 0777);
        lab.watch(WatchLab.BY_EVENT).close();
        assertThat((int) Files.getAttribute(tmp, "unix:mode") & 07777).isEqualTo(03777);
        assertThat((int) Files.getAttribute(lab.fresh(), "unix:mode") & 07777).isEqualTo(03777);
        assertThat(mode(cur)).isEqualTo("rwx------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void the_lines_before_a_message_tell_its_envelope_and_an_mbox_line_may_follow() {
        lab.deliver("mail", """
                X-Sender: <probe@monitor.test>
                x-receiver: a@company.test
                X-RECEIVER:<b@company.test>
                From probe@monitor.test Sat Nov 21 01:02:03 2026
                Subject: accept

                body
                """);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.awaitOne().envelope().sender()).hasToString("probe@monitor.test");
        assertThat(lab.awaitOne().envelope().recipients())
                .extracting(Object::toString)
                .containsExactly("a@company.test", "b@company.test");
    }

    @Test
    void a_mail_that_was_taken_when_the_process_died_is_taken_up_again() throws IOException {
        Path cur = Files.createDirectory(lab.root.resolve("cur"));
        Files.writeString(cur.resolve("left"), WatchLab.mail("accept"));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled("accept")).isOne();
    }

    @Test
    void a_mail_of_a_name_that_is_being_dealt_with_waits_and_replaces_nothing() throws IOException {
        Path cur = Files.createDirectory(lab.root.resolve("cur"));
        Files.writeString(cur.resolve("name"), WatchLab.mail("defer"));
        lab.deliver("name", WatchLab.mail("accept"));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            Poll.until("three tries", () -> lab.handled("defer") >= 3);
            assertThat(watcher.waiting()).isEqualTo(2);
        }
        assertThat(cur.resolve("name")).hasContent(WatchLab.mail("defer"));
        assertThat(lab.fresh().resolve("name")).hasContent(WatchLab.mail("accept"));
        assertThat(lab.handled("accept")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ln -s /etc/passwd odd", "mkfifo odd", "mkdir odd", "ln -s . odd", "ln -s /nowhere odd"})
    void what_is_no_plain_file_is_neither_followed_nor_read_and_is_put_aside(String command) throws Exception {
        run("cd " + lab.fresh() + " && " + command);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled).isEmpty();
        assertThat(lab.names("failed")).containsExactly("odd", "odd.reason");
        assertThat(lab.root.resolve("failed/odd.reason")).content().contains("not a plain file");
    }

    @Test
    void a_file_with_a_second_name_is_waited_for_and_then_put_aside() throws IOException {
        Path file = lab.deliverMail("accept");
        Path other = Files.createLink(temporary.resolve("other"), file);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            Poll.until("it to be taken", () -> lab.names("new").isEmpty());
            Files.delete(other);
            lab.awaitNothingWaiting();
            assertThat(lab.handled("accept")).isOne();

            Path old = lab.deliver("old.tmp", WatchLab.mail("accept"));
            assertThat(watcher.describe()).contains("spool");
            lab.awaitNothingWaiting();
            assertThat(old).doesNotExist();
        }
        Path linked = Files.writeString(temporary.resolve("linked"), WatchLab.mail("accept"));
        Files.setLastModifiedTime(linked, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        Files.createLink(lab.fresh().resolve("linked"), linked);
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.names("failed")).containsExactly("linked", "linked.reason");
        assertThat(linked).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "x.reason", "\u00e9t\u00e9", "back\\slash"})
    void odd_names_are_kept_under_plain_ones(String name) {
        lab.deliver(name, WatchLab.mail("fail"));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.names("failed")).hasSize(2).allMatch(kept -> kept.matches("[A-Za-z0-9._-]+"));
        String mail = lab.names("failed").getFirst();
        assertThat(lab.names("failed")).containsExactly(mail, mail + ".reason");
    }

    @Test
    void the_longest_name_is_kept_too() {
        lab.deliver("n".repeat(255), WatchLab.mail("fail"));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.names("failed")).hasSize(2);
    }

    @Test
    void failed_mails_of_one_name_replace_each_other_neither() {
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            for (int i = 0; i < 3; i++) {
                lab.deliverMail("fail");
                lab.awaitNothingWaiting();
            }
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.names("failed"))
                .containsExactly("fail", "fail-2", "fail-2.reason", "fail-3", "fail-3.reason", "fail.reason");
    }

    @Test
    void hidden_files_are_left_alone() throws IOException {
        Files.writeString(lab.fresh().resolve(".hidden"), WatchLab.mail("accept"));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            lab.deliverMail("discard");
            Poll.until("the other mail", () -> lab.handled("discard") == 1);
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.names("new")).containsExactly(".hidden");
    }

    @Test
    void remnants_of_deliveries_are_removed_after_36_hours() throws IOException {
        Path tmp = Files.createDirectory(lab.root.resolve("tmp"));
        Path young = Files.writeString(tmp.resolve("young"), "half a ma");
        Path old = Files.writeString(tmp.resolve("old"), "half a ma");
        Files.setLastModifiedTime(young, FileTime.from(Instant.now().minus(Duration.ofHours(35))));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(37))));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            Poll.until("the old one to go", () -> !Files.exists(old));
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(young).exists();
    }

    @Test
    void a_second_watcher_in_this_process_is_refused_until_the_first_is_closed() {
        try (DirectoryWatcher first = lab.watch(WatchLab.BY_EVENT)) {
            assertThatThrownBy(() -> lab.watch(WatchLab.BY_EVENT))
                    .isInstanceOf(CannotWatchException.class)
                    .hasMessage("cannot watch " + first.describe()
                            + ": another reflector watches it; stop that one, or give this one a spool of its own");
            lab.deliverMail("accept");
            lab.awaitNothingWaiting();
        }
        lab.watch(WatchLab.BY_EVENT).close();
    }

    @Test
    void a_check_makes_the_spool_touches_no_mail_and_leaves_neither_lease_nor_lock() {
        lab.deliverMail("accept");
        DirectoryWatcher.check(lab.settings(WatchLab.BY_EVENT));
        assertThat(lab.names("")).containsExactly("cur", "failed", "lock", "new", "tmp");
        assertThat(lab.names("new")).containsExactly("accept");
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            assertThatThrownBy(() -> DirectoryWatcher.check(lab.settings(WatchLab.BY_EVENT)))
                    .isInstanceOf(CannotWatchException.class)
                    .hasMessageContaining("another reflector watches it");
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled("accept")).isOne();
    }

    @Test
    void a_reason_without_its_mail_is_removed_at_the_start_and_never_later() throws IOException {
        Path reason = lab.root.resolve("failed/early.reason");
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            lab.deliverMail("accept");
            lab.awaitNothingWaiting();
            Files.writeString(reason, "its mail is just being moved");
            Files.delete(lab.fresh());
            Poll.until("the watcher to make it again", () -> Files.isDirectory(lab.fresh()));
            lab.deliverMail("accept");
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
            assertThat(reason).exists();
        }
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            Poll.until("the reason to go", () -> !Files.exists(reason));
            assertThat(watcher.waiting()).isZero();
        }
    }

    @Test
    void directories_on_different_file_systems_are_refused() {
        assertThatThrownBy(() -> Spool.requireOneFileStore(List.of(temporary, temporary, Path.of("/proc"))))
                .isInstanceOf(Spool.SplitSpoolException.class)
                .hasMessage(temporary + " and /proc are on different file systems; put the whole spool on one");
    }

    @Test
    void a_spool_that_cannot_be_made_is_one_clear_line() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        DirectorySettings settings =
                DirectorySettings.of(Kind.SPOOL, file.resolve("spool"), WatchLab.OWN, WatchLab.LIMIT);
        assertThatThrownBy(() -> DirectoryWatcher.start(settings, WatchLab::answer, TimeSource.system()))
                .isInstanceOf(CannotWatchException.class)
                .hasMessageStartingWith("cannot watch spool:" + file + "/spool: ")
                .hasMessageNotContaining("\n");
    }

    private static void run(String line) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", line).start().waitFor()).isZero();
    }
}
