package org.mailsonar.check.host;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.program.Programs;
import org.mailsonar.testing.TestClock;

/** What went through a mail server, by its log, from one run to the next. */
class MailTrafficTest {

    private static final String SENT =
            "Nov 21 18:00:01 mail postfix/smtp[103]: 4Dc1xN0wZQz9s: to=<b@x.test>, relay=mx, delay=1, status=sent (250 ok)\n";

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T18:00:00Z"));
    private Path log;

    @BeforeEach
    void start() throws Exception {
        log = directory.resolve("mail.log");
        write(SENT.repeat(3));
        assertThat(look().measures()).as("the first run counts nothing").isEmpty();
    }

    @Test
    void each_line_of_postfix_counts_once() throws Exception {
        write(Files.readString(Path.of("src/test/resources/host/postfix.log")));

        assertThat(Hosts.values(look()))
                .containsEntry("mail_accepted", 2.0)
                .containsEntry("mail_bytes", 6012.0)
                .containsEntry("mail_size", 3006.0)
                .containsEntry("mail_delivered", 2.0)
                .containsEntry("mail_bounced", 2.0)
                .containsEntry("mail_deferred", 1.0)
                .containsEntry("mail_rejected", 1.0);
        assertThat(delivered()).as("and never again").isZero();
    }

    @Test
    void each_line_of_exim_counts_once() throws Exception {
        Path exim = directory.resolve("mainlog");
        Files.writeString(exim, "");
        HostSettings.MailLog settings = new HostSettings.MailLog(exim, HostSettings.MailLog.Format.EXIM);
        look(settings);
        Files.writeString(exim, Files.readString(Path.of("src/test/resources/host/exim.log")));

        assertThat(Hosts.values(look(settings)))
                .containsEntry("mail_accepted", 2.0)
                .containsEntry("mail_bytes", 5712.0)
                .containsEntry("mail_size", 2856.0)
                .containsEntry("mail_delivered", 2.0)
                .containsEntry("mail_bounced", 1.0)
                .containsEntry("mail_deferred", 1.0)
                .containsEntry("mail_rejected", 1.0);
    }

    @Test
    void what_a_milter_refused_is_refused_also_before_it_had_an_id() throws Exception {
        write(
                "Nov 21 18:00:00 mail postfix/smtpd[1]: NOQUEUE: milter-reject: RCPT from client.test[192.0.2.7]: 550 5.7.1 no\n"
                        + "Nov 21 18:00:01 mail postfix/cleanup[2]: 4Dc1xN0wZQz9s: milter-reject: END-OF-MESSAGE from"
                        + " client.test[192.0.2.7]: 5.7.1 no; from=<a@x.test> to=<b@company.test>\n"
                        + "Nov 21 18:00:02 mail postfix/smtpd[1]: NOQUEUE: warn: RCPT from client.test[192.0.2.7]: no\n");
        assertThat(Hosts.values(look())).containsEntry("mail_rejected", 2.0).doesNotContainKey("mail_size");
    }

    @Test
    void the_size_of_a_message_that_was_taken_in_one_run_and_scheduled_in_the_next_counts() throws Exception {
        write("Nov 21 18:00:00 mail postfix/smtpd[1]: 4Dc1xN0wZQz9s: client=client.test[192.0.2.7]\n");
        assertThat(Hosts.values(look())).containsEntry("mail_accepted", 1.0).containsEntry("mail_bytes", 0.0);
        String scheduled =
                "Nov 21 18:00:00 mail postfix/qmgr[9]: 4Dc1xN0wZQz9s: from=<a@x.test>, size=512, nrcpt=2 (queue active)\n";
        write(scheduled);
        assertThat(Hosts.values(look())).containsEntry("mail_accepted", 0.0).containsEntry("mail_bytes", 512.0);
        write(scheduled);
        assertThat(Hosts.values(look())).as("a further attempt").containsEntry("mail_bytes", 0.0);
    }

    @Test
    void rates_are_of_each_minute() throws Exception {
        clock.pass(Duration.ofMinutes(4));
        write(SENT.repeat(10));

        assertThat(Hosts.values(look())).containsEntry("mail_delivered_rate", 2.0);
    }

    @Test
    void a_line_that_is_still_being_written_counts_when_it_is_whole() throws Exception {
        write(SENT + SENT.substring(0, 50));
        assertThat(delivered()).isEqualTo(1);
        write(SENT.substring(50));
        assertThat(delivered()).isEqualTo(1);
    }

    @Test
    void a_log_that_was_renamed_is_read_to_its_end() throws Exception {
        write(SENT.repeat(2));
        Files.move(log, directory.resolve("mail.log.1"));
        write(SENT.repeat(5));

        HostReport report = look();

        assertThat(report.troubles()).isEmpty();
        assertThat(Hosts.values(report)).containsEntry("mail_delivered", 7.0);
        assertThat(delivered()).isZero();
    }

    @Test
    void what_is_written_to_the_old_file_after_it_was_renamed_and_read_counts_too() throws Exception {
        Path old = Files.move(log, directory.resolve("mail.log-20261121"));
        write(SENT);
        assertThat(delivered()).isEqualTo(1);
        Files.writeString(old, SENT.repeat(2), APPEND);
        write(SENT);
        assertThat(delivered()).isEqualTo(3);
        assertThat(delivered()).isZero();
    }

    @Test
    void a_log_that_was_copied_and_emptied_is_read_to_its_end() throws Exception {
        write(SENT.repeat(2));
        Files.copy(log, directory.resolve("mail.log.1"));
        Files.writeString(log, "");
        assertThat(delivered()).as("a run in between").isEqualTo(2);
        write(SENT);
        assertThat(delivered()).isEqualTo(1);
    }

    @Test
    void an_emptied_log_that_has_grown_beyond_its_old_length_is_noticed() throws Exception {
        write(SENT.repeat(2));
        Files.copy(log, directory.resolve("mail.log.1"));
        Files.writeString(log, "Nov 22 00:00:00 mail rsyslogd: restarted\n" + SENT.repeat(20));

        assertThat(delivered()).isEqualTo(22);
    }

    @Test
    void a_rest_that_is_compressed_is_told_as_lost_and_the_new_log_is_counted() throws Exception {
        write(SENT.repeat(2));
        Files.move(log, directory.resolve("mail.log.1.gz"));
        write(SENT);

        HostReport report = look();

        assertThat(report.state()).isEqualTo(CheckResult.State.UNKNOWN);
        assertThat(report.troubles()).singleElement().asString().contains("what was written before it was rotated");
        assertThat(Hosts.values(report)).containsEntry("mail_delivered", 1.0);
        assertThat(look().troubles()).isEmpty();
    }

    @Test
    void a_log_that_is_missing_for_a_while_is_read_on_from_where_it_was() throws Exception {
        write(SENT.repeat(2));
        Files.move(log, directory.resolve("mail.log.1"));
        HostReport missing = look();
        assertThat(missing.troubles())
                .containsExactly("mail log: " + log + ": there is no such file; name another one");
        write(SENT);

        assertThat(delivered()).isEqualTo(3);
    }

    private double delivered() throws InterruptedException {
        return Hosts.values(look()).getOrDefault("mail_delivered", -1.0);
    }

    private HostReport look() throws InterruptedException {
        return look(new HostSettings.MailLog(log, HostSettings.MailLog.Format.POSTFIX));
    }

    private HostReport look(HostSettings.MailLog settings) throws InterruptedException {
        clock.pass(Duration.ofMinutes(1));
        return new HostCheck(
                        Hosts.with(directory, new Programs(), List.of(), settings), clock, List.of(new MailTraffic()))
                .look();
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, CREATE, APPEND);
    }
}
