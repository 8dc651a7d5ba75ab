package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.endtoend.PipeCalls.assertSilent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.SmtpSink;

/** {@code email_return} from a tree in which something has changed since it was installed: Java, the jars, the start-up cache. */
@DisabledOnOs(OS.WINDOWS)
class SpoiltTreeIT {

    @TempDir
    private Path directory;

    private SmtpSink nextHop;
    private PipeCalls calls;

    @BeforeEach
    void configure() throws IOException {
        nextHop = SmtpSink.open();
        calls = PipeCalls.in(directory, nextHop.port());
    }

    @AfterEach
    void stop() {
        nextHop.close();
    }

    @Test
    void without_a_java_it_is_a_75() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Files.writeString(tree.root().resolve("lib/java-home"), "/nowhere\n");
            Files.writeString(
                    tree.root().resolve("scripts/lib/java.sh"), "find_java() { echo no Java >&2; return 1; }\n");
            assertSilent(calls.feed(tree, SignedProbe.fresh()), 75);
        }
    }

    @Test
    void a_java_that_has_moved_is_found_again() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Files.writeString(tree.root().resolve("lib/java-home"), "/nowhere\n");
            SignedProbe probe = SignedProbe.fresh();
            assertSilent(calls.feed(tree, probe), 0);
            assertThat(nextHop.next().recipients()).containsExactly(SignedProbe.RETURN);
        }
    }

    @Test
    void a_start_cache_that_is_gone_or_spoilt_changes_nothing() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Path cache = tree.root().resolve("lib/email_return.aot");
            assertThat(cache).isNotEmptyFile();
            // The copied jars keep their times: the first run still has a cache that fits. Then it is one for other
            // jars, and so on.
            for (Spoiling spoiling : new Spoiling[] {
                () -> {},
                () -> run("touch", tree.root().resolve("lib/mailsonar.jar").toString()),
                () -> Files.writeString(cache, "no cache"),
                () -> Files.write(cache, new byte[0]),
                () -> Files.delete(cache)
            }) {
                spoiling.run();
                SignedProbe probe = SignedProbe.fresh();
                assertSilent(calls.feed(tree, probe), 0);
                assertThat(nextHop.next().text()).contains(probe.id().text());
            }
        }
    }

    @Test
    void warnings_of_java_stay_inside_also_when_it_bounces() throws IOException {
        nextHop.answerMessages("550 5.7.1 not here");
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Files.writeString(tree.root().resolve("lib/email_return.aot"), "no cache");
            SignedProbe probe = SignedProbe.fresh();
            try (Program program = calls.feed(tree, probe)) {
                assertThat(program.status()).isEqualTo(69);
                assertThat(program.output().lines()).singleElement().asString().startsWith("5.0.0 probe ");
                assertThat(program.errors()).isEmpty();
            }
        }
    }

    @Test
    void the_commands_care_for_their_start_cache_as_little() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Path cache = tree.root().resolve("lib/mailsonar.aot");
            assertThat(cache).isNotEmptyFile();
            for (Spoiling spoiling : new Spoiling[] {
                () -> {},
                () -> run("touch", tree.root().resolve("lib/mailsonar.jar").toString()),
                () -> Files.writeString(cache, "no cache"),
                () -> Files.delete(cache)
            }) {
                spoiling.run();
                try (Program version =
                        Program.start(InstalledTree.environment(), tree.script("mailsonar"), "--version")) {
                    assertThat(version.status()).isZero();
                    assertThat(version.output()).startsWith("mailsonar ").hasLineCount(1);
                    assertThat(version.errors()).isEmpty();
                }
            }
        }
    }

    private interface Spoiling {
        void run() throws IOException;
    }

    private static void run(String... words) {
        assertSilent(Program.start(InstalledTree.environment(), words), 0);
    }
}
