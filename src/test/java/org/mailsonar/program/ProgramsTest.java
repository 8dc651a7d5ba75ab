package org.mailsonar.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of programs that do not end. */
class ProgramsTest {

    private static final Duration LIMIT = Duration.ofMillis(500);

    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void one_that_is_not_done_in_time_is_killed_with_what_it_started() throws Exception {
        Path script =
                Files.writeString(directory.resolve("script"), "sleep 300 & echo $! > " + directory + "/child; wait\n");

        Ran ran = new Programs().run(List.of("sh", script.toString()), LIMIT);

        assertThat(ran).isEqualTo(new Ran.NotRun("sh was not done within 0.5 s, and was killed"));
        ProcessHandle.of(Long.parseLong(
                        Files.readString(directory.resolve("child")).strip()))
                .ifPresent(
                        child -> child.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(new Programs().run(List.of("sh", "-c", "exit 3"), Duration.ofSeconds(30)))
                .isEqualTo(new Ran.Ended(3, "", ""));
    }

    @Test
    void one_that_cannot_be_killed_is_not_run_again_while_it_lives() throws Exception {
        List<String> command = List.of("sudo", "-n", "/usr/bin/mailq");
        CountDownLatch end = new CountDownLatch(1);

        assertThat(Unkilled.awaitEnd(protectedByRoot(end), command)).isFalse();
        assertThat(Unkilled.isAlive(command)).isTrue();
        assertThat(Unkilled.isAlive(List.of("sudo", "-n", "/usr/bin/other"))).isFalse();
        end.countDown();
        assertThat(Unkilled.isAlive(command)).isFalse();
    }

    /** As root starts it for a user who may not end it; only root could start one here. */
    private static Process protectedByRoot(CountDownLatch end) {
        return new Process() {
            @Override
            public OutputStream getOutputStream() {
                return OutputStream.nullOutputStream();
            }

            @Override
            public InputStream getInputStream() {
                return InputStream.nullInputStream();
            }

            @Override
            public InputStream getErrorStream() {
                return InputStream.nullInputStream();
            }

            @Override
            public int waitFor() throws InterruptedException {
                end.await();
                return 0;
            }

            @Override
            public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
                return end.await(timeout, unit);
            }

            @Override
            public int exitValue() {
                if (isAlive()) {
                    throw new IllegalThreadStateException();
                }
                return 0;
            }

            @Override
            public boolean isAlive() {
                return end.getCount() > 0;
            }

            @Override
            public void destroy() {
                // has no effect
            }
        };
    }
}
