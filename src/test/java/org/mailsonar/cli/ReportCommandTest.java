package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.config.ConfigDirectory;
import org.mailsonar.lab.SmtpSink;

class ReportCommandTest {

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private ConfigDirectory files;

    @BeforeEach
    void makeFiles() {
        files = ConfigDirectory.in(directory);
    }

    private Path config(int port, String report) {
        return files.file("monitor.yaml", """
                vantage: sydney
                database: jdbc:sqlite:%s
                key: keys/monitor.key
                from: probe@monitor.test
                returnTo: return@monitor.test
                submit: smtp://127.0.0.1:%d
                %s
                targets:
                  - {address: webscout@company.test, name: company}
                """.formatted(directory.resolve("report.db"), port, report));
    }

    private int run(Path config, String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "report";
        arguments[1] = "--config";
        arguments[2] = config.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return terminal.run(arguments);
    }

    @Test
    void a_day_is_printed() {
        assertThat(run(config(25, ""), "--day", "2026-03-29", "--zone", "Europe/Berlin"))
                .isZero();
        assertThat(terminal.results())
                .startsWith(
                        "Mailsonar, report of Sunday, 2026-03-29",
                        "1 target, no outage, of 1 nothing is known",
                        "All times are those of Europe/Berlin, where the day has 23 h. Seen from sydney.");
    }

    @Test
    void or_written_to_a_file() throws Exception {
        Path out = directory.resolve("report.html");
        assertThat(run(config(25, ""), "--format", "html", "--out", out.toString()))
                .isZero();
        assertThat(terminal.results()).isEmpty();
        assertThat(Files.readString(out)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void or_sent() {
        try (SmtpSink sink = SmtpSink.open()) {
            Path config = config(sink.port(), "report: {to: [boss@elsewhere.test]}");
            assertThat(run(config, "--mail", "--day", "2026-11-20")).isZero();
            assertThat(terminal.messages()).containsExactly("the report of 2026-11-20 was sent to boss@elsewhere.test");
            SmtpSink.Delivery delivery = sink.next(Duration.ofSeconds(10));
            assertThat(delivery.recipients()).containsExactly("boss@elsewhere.test");
            assertThat(delivery.text())
                    .contains("Subject: Mailsonar 2026-11-20: 1 target", "multipart/alternative", "<!DOCTYPE html>");
        }
    }

    @Test
    void a_host_that_does_not_take_it_is_told_with_status_2() {
        try (SmtpSink sink = SmtpSink.open()) {
            sink.answerRecipients("550 5.1.1 nobody here");
            assertThat(run(config(sink.port(), "report: {to: [boss@elsewhere.test]}"), "--mail"))
                    .isEqualTo(2);
            assertThat(terminal.messages())
                    .singleElement()
                    .asString()
                    .contains("did not take the report: ", "550 5.1.1 nobody here");
        }
    }

    @Test
    void mistakes_are_one_line_with_the_remedy_and_status_3() {
        Path config = config(25, "");
        assertThat(run(config, "--mail")).isEqualTo(3);
        assertThat(terminal.messages())
                .containsExactly("mailsonar report: " + config
                        + ": nobody is to be sent a report; add for example: report: {to: [boss@elsewhere.test]}");
        assertMistake("--day is for example 2026-11-20, today or yesterday, not '31.12.'", "--day", "31.12.");
        assertMistake("--zone is for example Europe/Berlin or UTC, not 'Mars'", "--zone", "Mars");
        assertMistake("--format is text, html or csv, not 'pdf'", "--format", "pdf");
        assertMistake("'company' is not understood here", "company");
        Path none = directory.resolve("none/day.txt");
        assertThat(run(config, "--out", none.toString())).isEqualTo(3);
        assertThat(terminal.messages()).singleElement().asString().contains(none + ": cannot be written");
    }

    private void assertMistake(String told, String... options) {
        assertThat(run(config(25, ""), options)).isEqualTo(3);
        assertThat(terminal.messages()).containsExactly("mailsonar report: " + told + "; see mailsonar report --help");
    }

    @Test
    void the_template_that_is_shipped_can_be_shown_changed_and_used() throws Exception {
        assertThat(terminal.run("report", "--show-template")).isZero();
        String source = String.join("\n", terminal.results());
        Path own = Files.writeString(directory.resolve("own.jte"), source.replace("ROUND TRIPS", "HOW LONG IT TOOK"));
        assertThat(run(config(25, ""), "--template", own.toString())).isZero();
        assertThat(terminal.results()).contains("HOW LONG IT TOOK").doesNotContain("ROUND TRIPS");
        Files.writeString(own, source.replace("report.summary()", "report.colour()"));
        assertThat(run(config(25, ""), "--template", own.toString())).isEqualTo(3);
        long line =
                source.substring(0, source.indexOf("report.summary()")).lines().count();
        assertThat(terminal.messages())
                .containsExactly("mailsonar report: " + own + ":" + line + ": cannot find symbol");
    }
}
