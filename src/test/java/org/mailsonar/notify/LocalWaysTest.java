package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.testing.TestClock;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

/** Programs, syslog and mail. */
@EnabledOnOs(OS.LINUX)
class LocalWaysTest {

    private static final Notice DOWN = Changes.notice(Verdict.State.DOWN);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final TestClock clock = new TestClock(Changes.NIGHT);

    @TempDir
    private Path directory;

    @Test
    void a_program_gets_its_arguments_as_they_are_and_the_fields_in_its_environment() throws Exception {
        Path program = program("printf '%s|' \"$@\" >out; env | sort >env; cat >in");
        Delivery delivery = run(LIMIT, program.toString(), "a b; $HOME", "`id`");

        assertThat(delivery).isEqualTo(new Delivery.Delivered());
        assertThat(directory.resolve("out")).hasContent("a b; $HOME|`id`|");
        assertThat(Files.readString(directory.resolve("in"))).isEqualTo(DOWN.text());
        assertThat(Files.readAllLines(directory.resolve("env")))
                .contains(
                        "MAILSONAR_TARGET=company",
                        "MAILSONAR_STATE=down",
                        "MAILSONAR_SEVERITY=critical",
                        "MAILSONAR_LAST_ROUND_TRIP_SECONDS=1.437",
                        "MAILSONAR_TAGS=gold")
                .noneMatch(line -> line.startsWith("JAVA_HOME="));
    }

    @Test
    void a_program_that_fails_is_told_with_what_it_said_and_no_more() throws Exception {
        Path program = program("yes nonsense | head -c 1000000; exit 7");

        assertThat(run(LIMIT, program.toString())).isInstanceOfSatisfying(Delivery.Failed.class, failed -> {
            assertThat(failed.why()).startsWith(program + " ended with status 7: nonsense nonsense");
            assertThat(failed.why().length()).isLessThan(2100);
        });
    }

    @Test
    void a_program_that_does_not_end_is_killed_with_its_children() throws Exception {
        Path program = program("sleep 1000 & echo $! >pid; wait");
        Delivery delivery = run(Duration.ofMillis(700), program.toString());

        assertThat(delivery).isEqualTo(new Delivery.Failed(program + " was not done within 700 ms, and killed"));
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        Poll.until(
                "the child to end",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void a_program_that_is_not_there_is_a_failure_in_words() {
        assertThat(run(LIMIT, directory.resolve("none").toString()))
                .isInstanceOfSatisfying(
                        Delivery.Failed.class,
                        failed -> assertThat(failed.why())
                                .startsWith(directory.resolve("none") + " cannot be started: "));
    }

    @Test
    void a_syslog_server_gets_a_line_by_rfc_5424() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(20_000);
            Notifier syslog = SyslogSettings.parse("udp://127.0.0.1:" + server.getLocalPort())
                    .open(clock);

            assertThat(syslog.deliver(DOWN)).isEqualTo(new Delivery.Delivered());

            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            server.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .matches(
                            "<26>1 2026-11-21T02:14:00\\.000Z [!-~]+ mailsonar [0-9]+ CHANGE - \uFEFFcompany is DOWN .*");
        }
    }

    @Test
    void mail_leaves_by_its_own_relay_and_says_what_it_is() {
        try (SmtpSink sink = SmtpSink.open();
                Notifier mail = mail(sink.port())) {
            assertThat(mail.deliver(DOWN)).isEqualTo(new Delivery.Delivered());

            SmtpSink.Delivery taken = sink.next();
            assertThat(taken.sender()).isEqualTo("mailsonar@monitor.test");
            assertThat(taken.recipients()).containsExactly("a@elsewhere.test", "b@elsewhere.test");
            assertThat(taken.text())
                    .contains(
                            "\r\nSubject: company is DOWN since 02:14 UTC: two probes",
                            "\r\nDate: Sat, 21 Nov 2026 02:14:00 +0000\r\n",
                            "\r\nAuto-Submitted: auto-generated\r\n",
                            "\r\nTarget:          company\r\n",
                            "\r\nTo: a@elsewhere.test,\r\n b@elsewhere.test\r\n");
        }
    }

    @Test
    void a_subject_that_is_not_ascii_is_encoded_and_a_line_end_in_it_is_none() {
        Verdict verdict = new Verdict(Verdict.State.DOWN, Changes.NIGHT, "kein Öl\r\nBcc: x@y.test", null, null);
        Change change =
                new Change(7, "b", Verdict.State.HEALTHY, verdict, Changes.NIGHT, "1 of 1, needs 1", false, List.of());
        try (SmtpSink sink = SmtpSink.open();
                Notifier mail = mail(sink.port())) {
            mail.deliver(new Notice("7", Notice.Kind.CHANGE, change, null, Changes.NIGHT));

            assertThat(sink.next().text()).contains("\r\nSubject: =?utf-8?B?").doesNotContain("\r\nBcc");
        }
    }

    @Test
    void mail_that_is_refused_is_a_failure_in_words() {
        try (SmtpSink sink = SmtpSink.open();
                Notifier mail = mail(sink.port())) {
            sink.answerRecipients("550 5.1.1 nobody here");

            assertThat(mail.deliver(DOWN))
                    .isInstanceOfSatisfying(
                            Delivery.Failed.class,
                            failed -> assertThat(failed.why())
                                    .startsWith("smtp://127.0.0.1:" + sink.port() + " did not take the mail: ")
                                    .contains("550 5.1.1 nobody here"));
        }
    }

    private Notifier mail(int port) {
        return new MailSettings(
                        RelaySettings.parse("smtp://127.0.0.1:" + port, null),
                        EmailAddress.parse("mailsonar@monitor.test"),
                        List.of(EmailAddress.parse("a@elsewhere.test"), EmailAddress.parse("b@elsewhere.test")))
                .open(clock);
    }

    private static Delivery run(Duration limit, String... command) {
        try (Notifier exec = new ExecSettings(List.of(command), limit).open(new TestClock(Changes.NIGHT))) {
            return exec.deliver(DOWN);
        }
    }

    private Path program(String script) throws IOException {
        Path program =
                Files.writeString(directory.resolve("program"), "#!/bin/sh\ncd " + directory + "\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }
}
