package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.config.ConfigDirectory;

/** What {@code mailsonar paths} says without a mail server. */
class PathsCommandTest {

    private static final String SITE = """
            name: company
            key: keys/monitor.key
            from: probe@monitor.test
            mtas: [{name: mta1, url: "smtp://127.0.0.1:9"}, {name: mta2, url: "smtp://127.0.0.1:9"}]
            proxies: [{name: mmp1, url: "imap://127.0.0.1:9"}, {name: mmp2, url: "imap://127.0.0.1:9"}]
            stores:
              - {name: store1, address: a@x.test, user: a, passwordFile: secrets/password}
              - {name: store2, address: b@x.test, user: b, passwordFile: secrets/password}
            timings: {timeout: 2s, answer: 1s, cover: 20m}
            """;

    @TempDir
    private Path temporary;

    private final CapturedTerminal terminal = new CapturedTerminal();
    private ConfigDirectory directory;
    private String site;

    @BeforeEach
    void write() {
        directory = ConfigDirectory.in(temporary);
        site = directory.file("site.yaml", SITE).toString();
    }

    @Test
    void the_plan_is_printed_minute_by_minute_with_what_it_covers() {
        assertThat(terminal.run("paths", "--plan", "--config", site)).isZero();
        assertThat(terminal.results())
                .containsExactly(
                        "minute  store   MTA   proxy",
                        "     0  store1  mta1  mmp1",
                        "     5  store2  mta2  mmp1",
                        "    10  store1  mta2  mmp2",
                        "    15  store2  mta1  mmp2",
                        "4 of 8 paths, 4 runs in a cycle of 20 min",
                        "each pair of machines at least every 20 min");
    }

    @Test
    void an_old_sequence_is_planned_with_what_it_leaves_out() {
        String sequence = directory
                .file("sequence.cfg", "0 DMSG -u store1 -s mta1 -p mmp1\n30 DMSG -u store2 -s mta2 -p mmp2\n")
                .toString();
        assertThat(terminal.run("paths", "--plan", "--sequence", sequence, "--config", site))
                .isZero();
        assertThat(terminal.results())
                .containsExactly(
                        "minute  store   MTA   proxy",
                        "     0  store1  mta1  mmp1",
                        "    30  store2  mta2  mmp2",
                        "2 of 8 paths, 2 runs in a cycle of 60 min",
                        "never together: store1 and mmp2, mta1 and mmp2, store1 and mta2, mta2 and mmp1, store2 and mta1,"
                                + " store2 and mmp1");
    }

    @Test
    void a_mistake_in_the_file_is_one_line_and_unknown() {
        site = directory.file("site.yaml", SITE.replace("mmp1,", "mta1,")).toString();
        assertThat(terminal.run("paths", "--config", site)).isEqualTo(ExitStatus.UNKNOWN);
        assertThat(terminal.results()).isEmpty();
        assertThat(terminal.messages())
                .containsExactly("mailsonar paths: " + site
                        + ":5: proxies[0].name: there is an MTA of this name already; give one of them another name");
    }

    @Test
    void a_broken_sequence_names_the_line() {
        String sequence = directory
                .file("sequence.cfg", "\n0 DMSG -u nobody -s mta1 -p mmp1\n")
                .toString();
        assertThat(terminal.run("paths", "--sequence", sequence, "--config", site))
                .isEqualTo(ExitStatus.UNKNOWN);
        assertThat(terminal.messages())
                .containsExactly(
                        "mailsonar paths: " + sequence + ":2: the site has no store 'nobody'; it has store1, store2");
    }

    @Test
    void a_broken_line_of_a_sequence_stops_nothing_else() {
        String sequence = directory
                .file("sequence.cfg", "0 DMSG -u nobody -s mta1 -p mmp1\n5 DMSG -u store1 -s mta1 -p mmp1\n")
                .toString();
        assertThat(terminal.run("paths", "--plan", "--sequence", sequence, "--config", site))
                .isEqualTo(ExitStatus.UNKNOWN);
        assertThat(terminal.results()).contains("     5  store1  mta1  mmp1");
        assertThat(terminal.messages())
                .containsExactly(
                        "mailsonar paths: " + sequence + ":1: the site has no store 'nobody'; it has store1, store2");
    }

    @Test
    void only_one_of_all_due_and_plan_can_be_meant() {
        assertThat(terminal.run("paths", "--all", "--due")).isEqualTo(ExitStatus.UNKNOWN);
        assertThat(terminal.messages()).singleElement().asString().contains("only one can be meant");
    }

    @Test
    void a_log_that_cannot_be_written_stops_nothing() {
        int status =
                terminal.run("paths", "--all", "--format", "nagios", "--log", temporary.toString(), "--config", site);

        assertThat(status).isEqualTo(ExitStatus.FAILING);
        assertThat(terminal.messages()).singleElement().asString().contains("cannot be written");
        assertThat(terminal.results())
                .singleElement()
                .asString()
                .startsWith("PATHS CRITICAL - paths of company: 8 of 8 paths not good; ")
                .contains(" | time=", " paths=8;;;0 bad=8;;;0");
    }
}
