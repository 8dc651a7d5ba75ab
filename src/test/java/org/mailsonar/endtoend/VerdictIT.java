package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostgres;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.PostgresLab;
import org.mailsonar.lab.SmtpSink;

/** Monitors as processes, from the first lost probe to the line in somebody's hand. */
@NeedsPostgres
class VerdictIT {

    private static final String QUICK = "every: 1s, slowAfter: 1s, timeout: 1s, retryAfter: 200ms";

    /** No multiple of the time between two looks at the agenda, so that now one monitor is first and now the other. */
    private static final String SHIFTING = "every: 1070ms, slowAfter: 900ms, timeout: 1s, retryAfter: 200ms";

    @TempDir
    private Path directory;

    private JudgingSite site;

    @BeforeEach
    void files() throws IOException {
        site = JudgingSite.in(directory);
    }

    @Test
    void an_outage_is_told_once_and_its_end_once() throws IOException {
        try (SmtpSink hole = SmtpSink.open()) {
            JudgingSite.Vantage vantage = site.vantage("here", hole.port());
            try (Program monitor = site.monitor(vantage, QUICK)) {
                Poll.until("the outage told", () -> site.told().contains("company down change"));
                assertThat(site.output(vantage, "status")).contains("company  down", "nothing came back");
                assertThat(site.output(vantage, "ack", "company", "--by", "me")).contains("noted that me knows");
                monitor.terminate();
                assertThat(monitor.status()).as(monitor.toString()).isZero();
            }
            JudgingSite.Vantage mended = new JudgingSite.Vantage("here", vantage.returnsPort(), site.reflectorPort());
            try (Program reflector = site.reflector(mended);
                    Program monitor = site.monitor(mended, QUICK)) {
                Poll.until("the recovery told", () -> site.told().contains("company healthy change"));
                assertThat(site.told()).containsExactly("company down change", "company healthy change");
                assertThat(site.output(mended, "status")).contains("company  healthy", "round trip");
            }
            String history = site.output(mended, "history", "company", "--format", "csv");
            assertThat(history.lines().toList())
                    .anyMatch(line -> line.contains(",lost,"))
                    .last()
                    .asString()
                    .contains(",returned,");
            String id = history.lines().toList().getLast().split(",", -1)[0];
            assertThat(site.output(mended, "show", id))
                    .contains("outcome  round trip ", "the way there", "the way back", "S: 250 ")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void one_vantage_that_fails_alone_wakes_nobody_and_two_do() throws IOException {
        try (PostgresLab postgres = PostgresLab.start();
                SmtpSink hole = SmtpSink.open()) {
            String url = postgres.newDatabase();
            JudgingSite.Vantage sydney = site.vantage("sydney", hole.port());
            JudgingSite.Vantage london = site.vantage("london");
            try (Program reflector = site.reflector(london);
                    Program other = site.monitor(london, postgres, url, QUICK)) {
                other.await("company.test  round trip");
                try (Program monitor = site.monitor(sydney, postgres, url, QUICK)) {
                    Poll.until(
                            "sydney's failure to be seen",
                            () -> site.output(sydney, "status").contains("down at sydney"));
                    assertThat(site.output(sydney, "status")).contains("company  failing");
                    assertThat(site.told()).isEmpty();

                    reflector.kill();
                    Poll.until("both to agree", () -> site.told().contains("company down change"));
                }
            }
            assertThat(site.told()).containsExactly("company down change");
        }
    }

    @Test
    void two_monitors_of_a_vantage_share_the_work_and_one_goes_on_alone() throws IOException {
        try (PostgresLab postgres = PostgresLab.start()) {
            String url = postgres.newDatabase();
            JudgingSite.Vantage receiving = site.vantage("here");
            JudgingSite.Vantage helping = site.vantage("here");
            try (Program reflector = site.reflector(receiving);
                    Program monitor = site.monitor(receiving, postgres, url, SHIFTING)) {
                monitor.await("round trip");
                try (Program killed = site.monitor(helping, postgres, url, SHIFTING)) {
                    Poll.until("both to send", () -> senders(receiving) == 2);
                    killed.kill();
                }
                int before = monitor.count("round trip");
                Poll.until("the other to go on", () -> monitor.count("round trip") > before + 5);
            }
            List<String> sent = site.output(receiving, "history", "company", "--format", "csv")
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1)[4].substring(0, 19))
                    .toList();
            assertThat(sent)
                    .as("seconds in which a probe was sent, one a second")
                    .hasSizeGreaterThan(5);
            assertThat(sent.stream().distinct().count())
                    .as("two monitors do not send twice as much")
                    .isGreaterThan(sent.size() * 2L / 3);
        }
    }

    private long senders(JudgingSite.Vantage vantage) {
        return site.output(vantage, "history", "company", "--format", "json")
                .lines()
                .map(line -> line.replaceAll(".*\"monitor\":\"([^\"]*)\".*", "$1"))
                .distinct()
                .count();
    }

    @Test
    void targets_are_read_again_on_a_signal() throws IOException {
        JudgingSite.Vantage vantage = site.vantage("here");
        try (Program reflector = site.reflector(vantage);
                Program monitor = site.monitor(vantage, "every: 1d")) {
            monitor.await("webscout@company.test  round trip");
            site.rewrite(vantage, "name: company, every: 1d}", "name: second, every: 1d}");
            assertThat(Program.start(InstalledTree.environment(), "kill", "-HUP", Long.toString(monitor.id()))
                            .status())
                    .isZero();
            monitor.await("was read again: 1 target(s)");
            Poll.until("a probe of the new target", () -> monitor.count("  round trip ") == 2);
            assertThat(site.output(vantage, "history", "company")).contains("round trip");
            assertThat(site.output(vantage, "history", "second")).contains("round trip");

            site.rewrite(vantage, "every: 1d}", "every: soon}");
            monitor.await("was not taken, what was in force stays so");
        }
    }

    @Test
    void a_database_that_is_away_loses_no_round_trip() throws IOException {
        try (PostgresLab postgres = PostgresLab.start()) {
            String url = postgres.newDatabase();
            JudgingSite.Vantage vantage = site.vantage("here");
            String slow = "every: 1s, slowAfter: 20s, timeout: 30s, retryAfter: 5s";
            try (Program reflector = site.reflector(vantage);
                    Program monitor = site.monitor(vantage, postgres, url, slow)) {
                monitor.await("round trip");
                postgres.kill();
                monitor.await("failed, and is tried again");
                postgres.startAgain();
                int before = monitor.count("company.test  round trip");
                Poll.until("probing to go on", () -> monitor.count("company.test  round trip") > before + 2);
            }
            assertThat(site.output(vantage, "history", "company", "--format", "csv")
                            .lines()
                            .skip(1)
                            .map(line -> line.split(",", -1)[5]))
                    .hasSizeGreaterThan(3)
                    .allMatch(outcome -> outcome.equals("returned") || outcome.equals("in flight"));
            assertThat(site.told()).isEmpty();
        }
    }
}
