package org.mailsonar.intake.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailsonar.files.CrashingDisk;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.directory.DirectorySettings.Kind;
import org.mailsonar.lab.Poll;

/**
 * A process that dies at each step in turn, and the one that is started after it: no mail is lost, none is returned that should not be,
 * none is returned more than twice, none is in two places.
 */
class CrashPointsTest {

    /** One more than the steps of the longest run, {@link #a_run_has_no_more_steps_than_are_crashed_at}. */
    private static final int STEPS = 30;

    @TempDir
    private Path temporary;

    private final List<String> returned = new CopyOnWriteArrayList<>();

    static Stream<Arguments> everyStepOfEveryKind() {
        return Stream.of(Kind.values())
                .flatMap(kind -> IntStream.range(0, STEPS).mapToObj(step -> Arguments.of(kind, step)));
    }

    @ParameterizedTest
    @EnumSource
    void a_run_has_no_more_steps_than_are_crashed_at(Kind kind) throws IOException {
        CrashingDisk disk = CrashingDisk.never();
        WatchLab lab = lab(kind);
        try (DirectoryWatcher watcher = watch(lab, disk)) {
            awaitEnd(lab, watcher);
        }
        assertThat(disk.steps())
                .contains("read", "handled", "answered", "delete", "create", "sync", "rename", "sync directory")
                .hasSizeLessThan(STEPS);
        checkEnd(lab);
        assertThat(returned).containsExactly("accept");
    }

    @ParameterizedTest
    @MethodSource("everyStepOfEveryKind")
    void a_crash_at_any_step_loses_nothing_and_returns_twice_at_worst(Kind kind, int step) throws IOException {
        WatchLab lab = lab(kind);
        CrashingDisk dying = CrashingDisk.after(step);
        try (DirectoryWatcher watcher = watch(lab, dying)) {
            Poll.until("the crash, or the end of all work", () -> dying.hasCrashed() || isDone(lab));
            assertThat(watcher.describe()).startsWith(kind.word());
        }
        try (DirectoryWatcher watcher = watch(lab, CrashingDisk.never())) {
            awaitEnd(lab, watcher);
        }
        checkEnd(lab);
        assertThat(returned).containsOnly("accept").hasSizeBetween(1, 2);
    }

    private WatchLab lab(Kind kind) throws IOException {
        WatchLab lab = new WatchLab(kind, temporary.resolve("watched"));
        lab.deliverMail("accept");
        lab.deliverMail("fail");
        lab.deliverMail("stranger");
        if (kind == Kind.SPOOL) {
            Files.createSymbolicLink(lab.fresh().resolve("link"), Path.of("/etc/passwd"));
        }
        return lab;
    }

    /** One mail at a time, so that a step follows another. */
    private DirectoryWatcher watch(WatchLab lab, CrashingDisk disk) {
        DirectorySettings usual = lab.settings(WatchLab.BY_SWEEP);
        DirectorySettings settings = new DirectorySettings(
                usual.kind(), usual.directory(), usual.ownAddress(), usual.maxMessageSize(), 1, usual.times());
        return lab.watch(
                settings,
                mail -> {
                    disk.step("handled");
                    Disposition answer = WatchLab.answer(mail);
                    if (answer instanceof Disposition.Accepted) {
                        returned.add(WatchLab.subject(mail));
                    }
                    disk.step("answered");
                    return answer;
                },
                disk);
    }

    private static void awaitEnd(WatchLab lab, DirectoryWatcher watcher) {
        Poll.until("the end of all work", () -> isDone(lab));
        assertThat(watcher.waiting()).isLessThanOrEqualTo(1);
    }

    private static boolean isDone(WatchLab lab) {
        List<String> left = lab.kind == Kind.SPOOL ? List.of() : List.of(lab.name("stranger"));
        return lab.waiting().equals(left);
    }

    private static void checkEnd(WatchLab lab) throws IOException {
        String failed = lab.name("fail");
        List<String> kept = lab.kind == Kind.SPOOL
                ? List.of(failed, failed + ".reason", "link", "link.reason")
                : List.of(failed, failed + ".reason");
        assertThat(lab.names("failed")).isEqualTo(kept);
        assertThat(lab.root.resolve("failed").resolve(failed)).hasContent(WatchLab.mail("fail"));
        assertThat(lab.root.resolve("failed").resolve(failed + ".reason")).hasContent("refused?for good");
    }
}
