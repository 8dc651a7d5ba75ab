package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.endtoend.PipeCalls.assertSilent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;

/** {@code email_return} and a resident reflector that share a configuration with a spool: what was handed over comes back. */
@EnabledOnOs(OS.LINUX)
class HandedOverIT {

    @TempDir
    private Path directory;

    private SmtpSink monitor;
    private PipeCalls calls;
    private SpoolDirectory spool;
    private Program reflector;

    @BeforeEach
    void start() throws IOException {
        monitor = SmtpSink.open();
        calls = PipeCalls.in(directory, monitor.port());
        spool = new SpoolDirectory(directory.resolve("spool"));
        Files.writeString(
                calls.configuration(), Files.readString(calls.configuration()) + "spool: " + spool.path() + "\n");
        reflector = startReflector();
    }

    @AfterEach
    void stop() {
        reflector.close();
        monitor.close();
    }

    private Program startReflector() {
        Program started = Program.start(
                InstalledTree.environment(),
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                calls.configuration().toString());
        started.await("watching spool:");
        Poll.until("a lease", spool::isLeased);
        return started;
    }

    @Test
    void a_probe_is_returned_by_the_resident_reflector() throws IOException {
        SignedProbe probe = SignedProbe.fresh();

        assertSilent(calls.feed(probe), 0);
        assertThat(monitor.next().text()).contains("Subject: Mailsonar probe " + probe.id() + " [received 2");
        assertThat(reflector.await("accepted from=<" + probe.sender()))
                .contains("> to=<webscout@company.test> client=spool ");
        assertThat(directory.resolve("log")).doesNotExist(); // the pipe program's
        Poll.until("an empty spool", spool::isEmpty);
    }

    @Test
    void an_mbox_line_and_an_extension_are_nothing_special() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        var environment = PipeCalls.environment(probe);
        environment.put("RECIPIENT", "webscout+monday@company.test");

        assertSilent(
                calls.start(environment)
                        .write("From x@y.test  Sat Nov 21 12:00:00 2026\n" + probe.text())
                        .endInput(),
                0);
        assertThat(monitor.next().text()).contains("Subject: Mailsonar probe " + probe.id() + " [received 2");
        reflector.await("> to=<webscout+monday@company.test> client=spool ");
    }

    @Test
    void fifty_at_a_time_all_come_back_once() throws IOException {
        List<Program> programs =
                Stream.generate(SignedProbe::fresh).limit(50).map(calls::feed).toList();
        programs.forEach(program -> assertSilent(program, 0));
        for (int i = 0; i < 50; i++) {
            monitor.next();
        }
        Poll.until("an empty spool", spool::isEmpty);
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void what_was_handed_over_to_a_reflector_that_dies_is_returned_by_the_next_one() throws IOException {
        freeze();
        spool.lease(Duration.ofHours(1)); // however long this test takes
        SignedProbe probe = SignedProbe.fresh();
        assertSilent(calls.feed(probe), 0);
        assertThat(spool.delivered()).hasSize(1);
        reflector.kill();
        assertThat(monitor.waiting()).isZero();

        reflector = startReflector();
        assertThat(monitor.next().text()).contains(probe.id().text());
        Poll.until("an empty spool", spool::isEmpty);
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void a_killed_reflector_is_missed_when_its_lease_has_run_out() throws IOException {
        reflector.kill();
        Poll.until("the end of the lease", () -> !spool.isLeased());
        assertReturnedByJava();
    }

    @Test
    void a_reflector_that_hangs_is_missed_too() throws IOException {
        Poll.until("a lease", spool::isLeased); // else it may come between the look for its end and the signal's effect
        freeze();
        Poll.until("the end of the lease", () -> !spool.isLeased());
        assertReturnedByJava();
    }

    @Test
    void a_reflector_that_was_stopped_is_missed_at_once() throws IOException {
        reflector.terminate();
        assertThat(reflector.status()).isZero();
        assertReturnedByJava();
    }

    @Test
    void a_deferred_return_waits_in_the_spool() throws IOException {
        monitor.answerRecipients("450 4.2.1 later");
        SignedProbe probe = SignedProbe.fresh();
        assertSilent(calls.feed(probe), 0);
        reflector.await("deferred from=<" + probe.sender());

        monitor.answerRecipients("250 2.1.5 Ok");
        assertThat(monitor.next().text()).contains(probe.id().text());
        Poll.until("an empty spool", spool::isEmpty);
    }

    @Test
    void a_return_refused_for_good_is_kept_with_the_reason_since_it_can_no_longer_bounce() throws IOException {
        monitor.answerMessages("550 5.7.1 not here");
        SignedProbe probe = SignedProbe.fresh();
        assertSilent(calls.feed(probe), 0);
        reflector.await("failed from=<" + probe.sender());
        Poll.until("a kept message", () -> reasons() == 1);
        assertThat(spool.delivered()).isEmpty();
    }

    private void freeze() {
        assertSilent(Program.start(InstalledTree.environment(), "kill", "-STOP", Long.toString(reflector.id())), 0);
    }

    private long reasons() {
        String[] kept = spool.path().resolve("failed").toFile().list((failed, name) -> name.endsWith(".reason"));
        return kept == null ? 0 : kept.length;
    }

    private void assertReturnedByJava() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        assertSilent(calls.feed(probe), 0);
        assertThat(monitor.next().text()).contains(probe.id().text());
        assertThat(calls.log()).contains("accepted from=<" + probe.sender(), " client=pipe ");
        assertThat(spool.isEmpty()).isTrue();
    }
}
