package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.PostfixLab;

/** The commands {@code instances} and {@code host}, as they are typed in, beside two real Postfix instances. */
@NeedsPostfix
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstancesAndHostIT {

    @TempDir
    private static Path directory;

    private static PostfixLab lab;

    private final CapturedTerminal terminal = new CapturedTerminal();

    @BeforeAll
    static void start() throws IOException {
        lab = PostfixLab.inNewDirectory().instance("postfix-out").start();
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    @Order(1)
    void a_stopped_instance_has_an_asterisk_and_ends_with_1() {
        assertThat(instances("--source", "postfix,endpoints", "--endpoint", "main=smtp://127.0.0.1:" + lab.port()))
                .isEqualTo(1);

        assertThat(terminal.results())
                .anyMatch(
                        line -> line.matches("  postfix +postfix/127\\.0\\.0\\.1:\\d+ +SMTP +running +127.0.0.1:\\d+"))
                .anyMatch(line -> line.matches(
                        "\\* postfix +postfix-out/127\\.0\\.0\\.1:\\d+ +SMTP +stopped +the master is not there"))
                .anyMatch(line -> line.matches("  endpoints +main +SMTP +running .*"))
                .anyMatch(line -> line.startsWith("WARNING 1 of 3 instances is not running: postfix-out/"));
    }

    @Test
    @Order(2)
    void what_cannot_be_looked_at_is_one_line_and_the_others_are_still_done() {
        assertThat(instances("--source", "windows,postfix")).isEqualTo(1);

        assertThat(terminal.results())
                .contains("UNKNOWN windows: this machine does not run Windows")
                .anyMatch(line -> line.startsWith("* postfix"));
    }

    @Test
    @Order(4)
    void a_start_is_told_and_ends_with_1_and_the_next_run_with_0() {
        assertThat(instances("--source", "postfix", "--start")).isEqualTo(1);
        assertThat(String.join("\n", terminal.results()))
                .containsPattern("STARTED postfix-out/\\S+ by postmulti -i postfix-out -p start: done; now running")
                .doesNotContain("WARNING");

        assertThat(instances("--source", "postfix", "--format", "nagios")).isZero();
        assertThat(terminal.results()).containsExactly("OK - all 2 instances run | running=2;;;0 down=0;0;;0");
        assertThat(instances("--source", "postfix", "--format", "json")).isZero();
        assertThat(terminal.results().getFirst())
                .startsWith("{\"state\":\"good\",\"instances\":[{\"source\":\"postfix\",");
    }

    @Test
    @Order(5)
    void an_unknown_source_names_those_that_are_known() {
        assertThat(instances("--source", "postfx")).isEqualTo(3);

        assertThat(terminal.messages().getFirst())
                .startsWith(
                        "mailsonar instances: --source knows postfix, dovecot, systemd, windows, iis, endpoints, not"
                                + " 'postfx'");
    }

    @Test
    @Order(6)
    void a_look_at_the_host_tells_the_queue_and_adds_a_row() throws IOException {
        Path config = Files.writeString(directory.resolve("host.yaml"), """
                host: mta1.company.test
                state: host.state
                log: qmonitor.log
                runWith: [%s]
                queues:
                  - postfix: /etc/postfix
                    active: {failAbove: 0}
                processes:
                  - {name: qmgr, atLeast: 1}
                  - {name: no-such-program, atLeast: 1}
                files:
                  - {path: /none/at/all, must: exist}
                  - {path: /none/at/core*, must: not exist}
                """.formatted(String.join(", ", lab.inside())));

        int status = terminal.run("host", "--config", config.toString());

        assertThat(status).isEqualTo(2);
        assertThat(terminal.results())
                .anyMatch(line -> line.matches("mta1.company.test  \\S+Z  failing"))
                .anyMatch(line -> line.matches("  queue_active +0"))
                .anyMatch(line -> line.matches("  process_qmgr +[1-9]"))
                .anyMatch(line -> line.matches("\\* process_no-such-program +0  failing, below 1"))
                .anyMatch(line -> line.matches("\\* file_all_count +0  failing, below 1"))
                .anyMatch(line -> line.equals("UNKNOWN files /none/at/core_: there is no directory /none/at"));
        assertThat(Files.readAllLines(directory.resolve("qmonitor.log"))).hasSize(3);
    }

    private int instances(String... options) {
        List<String> words = new ArrayList<>(List.of("instances", "--run-with", String.join(" ", lab.inside())));
        words.addAll(List.of(options));
        return terminal.run(words.toArray(String[]::new));
    }
}
