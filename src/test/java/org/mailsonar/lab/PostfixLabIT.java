package org.mailsonar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the other suites take for granted of a {@link PostfixLab}: that it behaves as a mail server's Postfix does. */
@NeedsPostfix
class PostfixLabIT {

    private static final String MESSAGE = "From: probe@monitor.test\nSubject: hello\n\n.one dot\nthe text\n";
    private static final String MONITOR = "probe@monitor.test";
    private static final String WEBSCOUT = "webscout@company.test";

    private SmtpSink monitor;
    private PostfixLab lab;
    private List<ProcessHandle> others = List.of();

    @BeforeEach
    void start() throws IOException {
        others = ProcessHandle.current().descendants().toList(); // a database that several suites share
        monitor = SmtpSink.open();
        lab = PostfixLab.inNewDirectory()
                .user("webscout")
                .user("watcher")
                .alias("probes", "|\"/bin/sh -c 'id -un | /usr/sbin/sendmail -f watcher return@monitor.test'\"")
                .route("monitor.test", monitor.port())
                .start();
    }

    @AfterEach
    void stop() {
        lab.close();
        monitor.close();
    }

    @Test
    void mail_that_comes_by_smtp_reaches_the_mailbox() throws IOException {
        lab.submit(MONITOR, WEBSCOUT, MESSAGE);

        assertThat(lab.awaitMailbox("webscout", 1))
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .contains("Delivered-To: webscout@company.test", "Subject: hello", "\n.one dot\nthe text\n"));
    }

    @Test
    void nobody_unknown_is_accepted() throws IOException {
        assertThat(SmtpClient.send(lab.port(), MONITOR, "stranger@company.test", MESSAGE))
                .startsWith("550 5.1.1");
    }

    @Test
    void a_forward_program_runs_as_its_user_with_the_envelope_in_the_environment() throws IOException {
        forwardTo("id -un; id -u; echo \"$SENDER $RECIPIENT $HOME\"; pwd");
        lab.submit(MONITOR, "webscout+abc@company.test", MESSAGE);

        assertThat(monitor.next().text().replace("\r\n", "\n"))
                .contains("webscout\n60100\nprobe@monitor.test webscout+abc@company.test " + lab.home("webscout")
                        + "\n/var/spool/postfix\n");
        assertThat(lab.mailbox("webscout")).isEmpty();
    }

    @Test
    void a_forward_with_a_backslash_keeps_a_copy_as_well() throws IOException {
        Path program = returning("cat");
        lab.forward("webscout", "\\webscout, \"|" + program + "\"");
        lab.submit(MONITOR, WEBSCOUT, MESSAGE);

        assertThat(monitor.next().text()).contains("From " + MONITOR, "Return-Path: <" + MONITOR + ">", "\r\n.one dot");
        assertThat(lab.awaitMailbox("webscout", 1)).hasSize(1);
    }

    @Test
    void an_alias_program_runs_as_nobody() throws IOException {
        lab.submit(MONITOR, "probes@company.test", MESSAGE);

        SmtpSink.Delivery delivery = monitor.next();
        assertThat(delivery.text()).endsWith("\r\nnobody\r\n");
        assertThat(delivery.sender()).isEqualTo("watcher@company.test");
    }

    @Test
    void status_75_keeps_the_message_and_tries_again() throws IOException {
        Path program = lab.program("agent", "#!/bin/sh\n[ -e \"$HOME/try\" ] && exit 0\n>\"$HOME/try\"\nexit 75\n");
        lab.forward("webscout", "|\"" + program + "\"");
        lab.submit(MONITOR, WEBSCOUT, MESSAGE);

        assertThat(lab.awaitLog("status=deferred")).contains("temporary failure");
        assertThat(lab.awaitLog("status=sent")).contains("delivered to command");
        lab.awaitEmptyQueue();
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void status_69_bounces_to_the_envelope_sender() throws IOException {
        Path program = lab.program("agent", "#!/bin/sh\necho the reason\nexit 69\n");
        lab.forward("webscout", "|\"" + program + "\"");
        lab.submit(MONITOR, WEBSCOUT, MESSAGE);

        SmtpSink.Delivery bounce = monitor.next();
        assertThat(bounce.sender()).isEmpty();
        assertThat(bounce.recipients()).containsExactly(MONITOR);
        assertThat(bounce.text()).contains("multipart/report", "the reason");
    }

    @Test
    void mail_waits_in_the_queue_for_a_server_that_is_down() throws IOException {
        int port = monitor.port();
        monitor.close();
        lab.submit(MONITOR, "return@monitor.test", MESSAGE);
        lab.awaitLog("status=deferred");
        assertThat(lab.queue()).singleElement().asString().contains("return@monitor.test");

        monitor = SmtpSink.open(port);
        lab.flush();
        assertThat(monitor.next().recipients()).containsExactly("return@monitor.test");
    }

    @Test
    void a_route_changes_at_once() throws IOException {
        lab.submit(MONITOR, "return@monitor.test", MESSAGE);
        monitor.next();
        try (SmtpSink other = SmtpSink.open()) {
            lab.route("monitor.test", other.port());
            lab.submit(MONITOR, "return@monitor.test", MESSAGE);
            assertThat(other.next().sender()).isEqualTo(MONITOR);
        }
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void closing_leaves_no_process_no_file_and_no_account() throws IOException {
        lab.submit(MONITOR, WEBSCOUT, MESSAGE);
        lab.awaitMailbox("webscout", 1);
        List<ProcessHandle> inside = ProcessHandle.current()
                .descendants()
                .filter(process -> !others.contains(process))
                .toList();
        assertThat(inside).hasSizeGreaterThan(3);
        lab.close();

        assertThat(inside).noneMatch(ProcessHandle::isAlive);
        assertThat(lab.directory()).doesNotExist();
        assertThat(Files.readString(Path.of("/etc/passwd"))).doesNotContain("webscout");
    }

    @Test
    void a_java_machine_that_is_killed_takes_its_lab_along() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process other = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), PostfixLabHolder.class.getName())
                .start();
        Path directory = Path.of(other.inputReader(StandardCharsets.UTF_8).readLine());
        assertThat(directory).isDirectory();
        List<ProcessHandle> inside = other.descendants().toList();
        assertThat(inside).isNotEmpty();
        other.destroyForcibly();

        Poll.until("the lab's end", () -> inside.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(directory).doesNotExist();
    }

    /** Installs a program for webscout that mails to the monitor what these shell commands print. */
    private void forwardTo(String commands) throws IOException {
        lab.forward("webscout", "|\"" + returning(commands) + "\"");
    }

    private Path returning(String commands) throws IOException {
        String mailer = "/usr/sbin/sendmail -i -f '' return@monitor.test";
        return lab.program("agent", "#!/bin/sh\n{ echo; " + commands + "; } | " + mailer + "\n");
    }
}
