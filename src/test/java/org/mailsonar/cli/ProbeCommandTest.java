package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.config.ConfigDirectory;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.intake.smtp.SmtpListener;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.testing.FreePorts;

/** Probes by the command line, through real listeners on loopback and a real ledger. */
class ProbeCommandTest {

    @TempDir
    private Path temporary;

    private final CapturedTerminal terminal = new CapturedTerminal();
    private ConfigDirectory directory;
    private SmtpSink sink;
    private RunningReflector reflector;
    private int returns;

    @BeforeEach
    void open() throws Exception {
        directory = ConfigDirectory.in(temporary);
        returns = FreePorts.next();
        sink = SmtpSink.open();
        reflector = ReflectorWiring.start(
                ConfigDirectory.reflector(directory.file("reflector.yaml", """
                address: webscout@company.test
                trust: [{key: keys/monitor.pub, returnTo: ["*@monitor.test"]}]
                relay: smtp://127.0.0.1:%d
                listen: [smtp://127.0.0.1:0]
                """.formatted(returns))));
    }

    @AfterEach
    void close() {
        reflector.close();
        sink.close();
    }

    @Test
    void a_probe_that_comes_back_prints_its_round_trip() {
        assertThat(probe(reflected(), "company")).isZero();
        assertThat(terminal.results())
                .singleElement()
                .asString()
                .matches("webscout@company\\.test  round trip \\d+\\.\\d{3} s");
        assertThat(terminal.messages()).isEmpty();
    }

    @Test
    void a_target_is_found_by_its_address_and_printed_for_programs() {
        assertThat(probe(reflected(), "Webscout@company.test", "--format", "json", "--wait", "20s"))
                .isZero();
        assertThat(terminal.results())
                .singleElement()
                .asString()
                .matches("\\{\"id\":\"[0-9A-Z]{26}\",\"target\":\"webscout@company.test\",\"outcome\":\"returned\","
                        + "\"sent\":\"[^\"]+Z\",\"received\":\"[^\"]+Z\",\"roundTripSeconds\":[0-9.]+,"
                        + "\"resolutionSeconds\":0\\.001,\"clock\":\"monotonic\",\"vantage\":\"[^\"]+\",\"name\":\"company\","
                        + "\"submission\":\"250 [^\"]+\",\"duplicates\":0\\}");
        assertThat(probe(reflected(), "company", "--format", "nagios")).isZero();
        assertThat(terminal.results())
                .singleElement()
                .asString()
                .matches("OK - webscout@company\\.test round trip (\\d+\\.\\d{3}) s \\| rtt=\\1s;10;20;0");
    }

    @Test
    void an_unknown_target_lists_the_known_ones() {
        assertThat(probe(reflected(), "university")).isEqualTo(3);
        assertThat(terminal.messages())
                .containsExactly("mailsonar probe: " + temporary.resolve("monitor.yaml")
                        + " has no target 'university'; it has company; see mailsonar probe --help");
    }

    @Test
    void a_bad_wait_is_one_line() {
        assertThat(probe(reflected(), "company", "--wait", "soon")).isEqualTo(3);
        assertThat(terminal.messages())
                .containsExactly("mailsonar probe: 'soon' is no duration; write for example 500ms, 30s, 2m, 12h or 1d");
    }

    @Test
    void a_submission_host_that_refuses_is_told_at_once() {
        sink.answerRecipients("550 5.7.1 go away");
        assertThat(probe(monitor(sink.port(), "20s"), "company")).isEqualTo(2);
        assertThat(terminal.results())
                .singleElement()
                .asString()
                .startsWith("webscout@company.test  refused: ")
                .contains("550 5.7.1 go away");
    }

    @Test
    void a_submission_host_that_is_not_there_is_told_at_once() throws IOException {
        assertThat(probe(monitor(FreePorts.next(), "20s"), "company"))
                .as("nothing is known of the target")
                .isEqualTo(3);
        assertThat(terminal.results()).singleElement().asString().startsWith("webscout@company.test  send failed: ");
    }

    @Test
    void a_probe_that_does_not_come_back_is_lost() {
        assertThat(probe(monitor(sink.port(), "200ms"), "company")).isEqualTo(2);
        assertThat(terminal.results()).containsExactly("webscout@company.test  lost: nothing came back within 0.200 s");
        assertThat(status()).isEqualTo(2);
    }

    @Test
    void who_waits_for_less_than_the_time_out_leaves_the_probe_in_flight() {
        assertThat(probe(monitor(sink.port(), "20s"), "company", "--wait", "50ms"))
                .isEqualTo(3);
        assertThat(terminal.results()).containsExactly("webscout@company.test  in flight: nothing has come back yet");
        assertThat(status("--format", "nagios")).isEqualTo(3);
        assertThat(terminal.results())
                .containsExactly(
                        "UNKNOWN - webscout@company.test in flight: nothing has come back yet | rtt=U;10;20;0");
    }

    @Test
    void where_a_monitor_listens_already_it_takes_the_return() throws Exception {
        Path file = reflected();
        try (RunningMonitor beside = MonitorWiring.start(MonitorConfig.load(file), probe -> {})) {
            beside.receive();
            assertThat(probe(file, "company")).isZero();
        }
        assertThat(terminal.results()).singleElement().asString().contains("  round trip ");
        assertThat(terminal.messages())
                .singleElement()
                .asString()
                .contains("127.0.0.1:" + returns)
                .endsWith("; waiting for the program that listens there to take the return");
    }

    @Test
    void what_cannot_be_entered_into_the_ledger_is_not_sent() throws Exception {
        Path file = monitor(sink.port(), "20s");
        assertThat(status()).isEqualTo(3); // makes the ledger
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("mailsonar.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(probe(file, "company")).isEqualTo(3);
        }
        assertThat(terminal.messages())
                .singleElement()
                .asString()
                .startsWith("mailsonar probe: database " + temporary.resolve("mailsonar.db")
                        + ": is locked by another process");
        assertThat(terminal.results()).isEmpty();
        assertThat(sink.waiting()).isZero();
    }

    @Test
    void a_ledger_that_cannot_be_made_is_one_line_and_nothing_is_sent() {
        Path file = monitor(sink.port(), "20s", "/proc/none/mailsonar.db");
        assertThat(probe(file, "company")).isEqualTo(3);
        assertThat(terminal.messages())
                .singleElement()
                .asString()
                .startsWith("mailsonar probe: database /proc/none/mailsonar.db: ");
        assertThat(sink.waiting()).isZero();
    }

    @Test
    void status_tells_every_target_and_is_the_worst_of_them() {
        Path file = reflected();
        assertThat(status()).isEqualTo(3);
        assertThat(terminal.results()).containsExactly("company" + " ".repeat(28) + "not probed yet");
        assertThat(status("--format", "json")).isEqualTo(3);
        assertThat(terminal.results())
                .containsExactly(
                        "{\"targets\":[{\"target\":\"webscout@company.test\",\"name\":\"company\"}],\"checks\":[],\"noReturn\":{}}");
        assertThat(status("--format", "nagios")).isEqualTo(3);
        assertThat(terminal.results()).containsExactly("UNKNOWN - webscout@company.test not probed yet");
        assertThat(probe(file, "company")).isZero();
        assertThat(status()).isZero();
        assertThat(terminal.results())
                .singleElement()
                .asString()
                .matches("company  \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z  round trip \\d+\\.\\d{3} s");
        assertThat(status("--format", "json")).isZero();
        assertThat(terminal.results())
                .singleElement()
                .asString()
                .startsWith("{\"targets\":[{\"id\":\"")
                .endsWith("}],\"checks\":[],\"noReturn\":{}}");
    }

    private int probe(Path file, String... arguments) {
        return run("probe", file, arguments);
    }

    private int status(String... arguments) {
        return run("status", temporary.resolve("monitor.yaml"), arguments);
    }

    private int run(String command, Path file, String... arguments) {
        String[] call = new String[arguments.length + 3];
        call[0] = command;
        call[1] = "--config";
        call[2] = file.toString();
        System.arraycopy(arguments, 0, call, 3, arguments.length);
        return terminal.run(call);
    }

    /** A monitor whose probes go to the reflector. */
    private Path reflected() {
        return monitor(((SmtpListener) reflector.places().intakes().getFirst()).port(), "20s");
    }

    private Path monitor(int submission, String timeout) {
        return monitor(submission, timeout, "mailsonar.db");
    }

    private Path monitor(int submission, String timeout, String database) {
        return directory.file("monitor.yaml", """
                database: jdbc:sqlite:%s
                key: keys/monitor.key
                from: probe@monitor.test
                returnTo: return@monitor.test
                submit: smtp://127.0.0.1:%d
                returns: [smtp://127.0.0.1:%d]
                defaults: {slowAfter: %s, timeout: %s}
                targets: [{address: webscout@company.test, name: company}]
                """.formatted(
                        database, submission, returns, timeout.equals("20s") ? "10s" : timeout, timeout));
    }
}
