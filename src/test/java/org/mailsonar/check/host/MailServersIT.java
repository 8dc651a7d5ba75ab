package org.mailsonar.check.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.host.HostSettings.MailLog.Format;
import org.mailsonar.check.host.HostSettings.Queue.Kind;
import org.mailsonar.lab.EximLab;
import org.mailsonar.lab.NeedsExim;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.NeedsSendmail;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.SendmailLab;
import org.mailsonar.program.Programs;
import org.mailsonar.time.TimeSource;

/** Queues and logs of real mail servers. */
class MailServersIT {

    private static final String MESSAGE = "Subject: queued\r\n\r\nhello\r\n";

    @TempDir
    private Path directory;

    @Nested
    @NeedsPostfix
    class OfPostfix {

        @Test
        void deferred_held_and_active_mail_is_told_apart_and_the_log_is_counted() throws Exception {
            // It takes the connection and never greets, so a message for it stays active.
            try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int nobody = closed.getLocalPort();
                closed.close();
                try (PostfixLab lab = PostfixLab.inNewDirectory()
                        .user("webscout")
                        .route("silent.test", silent.getLocalPort())
                        .route("nobody.test", nobody)
                        .parameter("minimal_backoff_time", "1000s")
                        .parameter("maximal_backoff_time", "1000s")
                        .start()) {
                    lab.submit("a@company.test", "webscout@company.test", MESSAGE);
                    lab.awaitMailbox("webscout", 1);
                    HostCheck check = check(lab);
                    check.look();

                    lab.submit("a@company.test", "webscout@company.test", MESSAGE);
                    lab.submit("a@company.test", "b@nobody.test", MESSAGE);
                    lab.submit("a@company.test", "c@nobody.test", MESSAGE);
                    lab.awaitLog("to=<b@nobody.test>");
                    String held = lab.awaitLog("to=<c@nobody.test>").replaceFirst(".*\\]: (\\w+): to=.*", "$1");
                    lab.run("postsuper", "-h", held);
                    lab.submit("a@company.test", "d@silent.test", MESSAGE);
                    lab.awaitMailbox("webscout", 2);
                    lab.awaitLog("from=<a@company.test>, size=");

                    HostReport report = check.look();
                    assertThat(report.troubles()).isEmpty();
                    Map<String, Double> values = Hosts.values(report);
                    assertThat(values)
                            .as(String.join("\n", lab.queue()))
                            .containsEntry("queue_deferred", 1.0)
                            .containsEntry("queue_held", 1.0)
                            .containsEntry("mail_accepted", 4.0)
                            .containsEntry("mail_delivered", 1.0)
                            .containsEntry("mail_deferred", 2.0);
                    assertThat(values.getOrDefault("queue_active", -1.0) + values.getOrDefault("queue_incoming", -1.0))
                            .isEqualTo(1);
                    assertThat(values.getOrDefault("queue_oldest", -1.0)).isBetween(0.0, 60.0);
                }
            }
        }

        private HostCheck check(PostfixLab lab) {
            HostSettings settings = Hosts.with(
                    directory,
                    new Programs(lab.inside()),
                    List.of(new HostSettings.Queue("queue", Kind.POSTFIX, "/etc/postfix")),
                    new HostSettings.MailLog(lab.directory().resolve("maillog"), Format.POSTFIX));
            return new HostCheck(settings, TimeSource.system(), List.of(new Queues(), new MailTraffic()));
        }
    }

    @Nested
    @NeedsExim
    class OfExim {

        @Test
        void waiting_and_frozen_mail_is_told_apart_and_the_log_is_counted() throws Exception {
            try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int nobody = closed.getLocalPort();
                closed.close();
                try (EximLab lab = EximLab.inNewDirectory()
                        .user("webscout")
                        .route("nobody.test", "smtp", nobody)
                        .start()) {
                    HostSettings.MailLog log = new HostSettings.MailLog(lab.mainLog(), Format.EXIM);
                    HostSettings settings = Hosts.with(directory, new Programs(lab.inside()), List.of(), log);
                    lab.submit("a@lab.test", "b@nobody.test", MESSAGE);
                    lab.awaitLog("== b@nobody.test");
                    HostCheck check = new HostCheck(settings, TimeSource.system(), List.of(new MailTraffic()));
                    check.look();

                    lab.submit("a@lab.test", "c@nobody.test", MESSAGE);
                    String frozen = lab.awaitLog("== c@nobody.test").replaceFirst("^\\S+ \\S+ (\\S+) .*", "$1");
                    lab.run(lab.program().toString(), "-Mf", frozen);
                    lab.submit("a@lab.test", "webscout@lab.test", MESSAGE);
                    lab.awaitLog("=> webscout");

                    QueueTally tally = new EximQueue(
                                    new Programs(lab.inside()),
                                    Duration.ofSeconds(30),
                                    lab.program().toString())
                            .count(Instant.now());
                    assertThat(tally.count(QueueTally.Standing.ACTIVE)).isEqualTo(1);
                    assertThat(tally.count(QueueTally.Standing.HELD)).isEqualTo(1);
                    assertThat(Hosts.values(check.look()))
                            .containsEntry("mail_accepted", 2.0)
                            .containsEntry("mail_delivered", 1.0);
                }
            }
        }
    }

    @Nested
    @NeedsSendmail
    class OfSendmail {

        @Test
        void what_waits_is_deferred_worked_on_or_in_quarantine_is_told_apart_in_all_queue_groups() throws Exception {
            try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int nobody = closed.getLocalPort();
                closed.close();
                try (SendmailLab lab = SendmailLab.start(silent.getLocalPort(), nobody)) {
                    expect(lab, 0, 0, 0, 0);

                    lab.submit("a@company.test", "b@x.test");
                    lab.submit("a@company.test", "quarantined@x.test");
                    lab.submit("list@company.test", readers());
                    lab.submit("list@company.test", "d@bulk.test");
                    lab.submit("list@company.test", "e@bulk.test");
                    expect(lab, 0, 0, 0, 5);

                    lab.run(lab.program().toString(), "-qf");
                    lab.run(lab.program().toString(), "-QLooked at (by) hand", "-qRquarantined@");
                    lab.submit("a@company.test", "fresh@x.test");
                    expect(lab, 0, 1, 4, 1);

                    lab.submit("a@company.test", "f@busy.test");
                    ProcessBuilder delivering = new ProcessBuilder(Stream.concat(
                                    lab.inside().stream(),
                                    Stream.of(lab.program().toString(), "-qRbusy.test"))
                            .toList());
                    delivering
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
                    silent.accept();
                    expect(lab, 1, 1, 4, 1);
                }
            }
        }

        private static String[] readers() {
            return IntStream.rangeClosed(1, 60)
                    .mapToObj(i -> "reader" + i + "@x.test")
                    .toArray(String[]::new);
        }

        private static void expect(SendmailLab lab, long active, long held, long deferred, long incoming)
                throws Exception {
            QueueTally tally = new SendmailQueue(
                            new Programs(lab.inside()),
                            Duration.ofSeconds(30),
                            lab.mailq().toString())
                    .count(Instant.now());
            assertThat(List.of(
                            tally.count(QueueTally.Standing.ACTIVE),
                            tally.count(QueueTally.Standing.HELD),
                            tally.count(QueueTally.Standing.DEFERRED),
                            tally.count(QueueTally.Standing.INCOMING)))
                    .as(lab.run(lab.mailq().toString()).output())
                    .containsExactly(active, held, deferred, incoming);
            // Its times are those of a minute.
            assertThat(tally.oldestSeconds()).isBetween(0L, 180L);
        }
    }
}
