package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.SmtpSink;

/** The resident reflector behind directories: a real Postfix's Maildir, a slow writer's Drop directory, Pickup, full disks. */
@NeedsPostfix
class DirectoryIT {

    @TempDir
    private Path directory;

    private ResidentSite site;

    @BeforeEach
    void open() throws IOException {
        site = ResidentSite.in(directory);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_probe_that_postfix_delivers_to_a_maildir_comes_back_and_a_persons_mail_stays() throws IOException {
        try (PostfixLab lab = PostfixLab.inNewDirectory()
                .user("webscout")
                .route("monitor.test", site.monitor().port())
                .start()) {
            lab.forward("webscout", lab.home("webscout") + "/Maildir/");
            site.configure(
                    "smtp://127.0.0.1:" + lab.port(), "watch: [\"maildir:" + lab.home("webscout") + "/Maildir\"]");
            try (Program reflector = site.start()) {
                lab.submit("someone@example.test", SignedProbe.TARGET, "Subject: hello\n\nhello\n");
                reflector.await(" unwanted from=<someone@example.test>");
                SignedProbe probe = SignedProbe.fresh();
                lab.submit(probe.sender(), SignedProbe.TARGET, probe.text());

                SmtpSink.Delivery back = site.monitor().next();
                assertThat(back.recipients()).containsExactly(SignedProbe.RETURN);
                assertThat(back.text()).contains(probe.id().text(), "by mail.company.test");
                assertThat(reflector.await(" accepted from=<" + probe.sender() + "> to=<webscout@company.test>"))
                        .contains("client=maildir");
                Poll.until("the probe to go", () -> mailbox(lab).size() == 1);
                assertThat(lab.mailbox("webscout")).singleElement().asString().contains("Subject: hello");
            }
            lab.awaitEmptyQueue();
        }
        assertThat(site.monitor().waiting()).isZero();
    }

    private static List<String> mailbox(PostfixLab lab) {
        return ResidentSite.names(lab.home("webscout").resolve("Maildir/new"));
    }

    @Test
    void a_drop_file_that_another_process_writes_slowly_is_returned_once_and_whole() throws IOException {
        Path drop = Files.createDirectory(directory.resolve("Drop"));
        SignedProbe probe = SignedProbe.fresh();
        Path source = Files.writeString(
                directory.resolve("probe"),
                ("X-Sender: <" + probe.sender() + ">\nX-Receiver: <" + SignedProbe.TARGET + ">\n" + probe.text())
                        .replace("\n", "\r\n"),
                StandardCharsets.US_ASCII);
        site.configure("watch: [\"drop:" + drop + "\"]");
        // Cut within the token, for longer than a file takes to settle.
        String slowly = "exec 3>" + drop + "/1.eml; head -c 700 " + source + " >&3; sleep 1; tail -c +701 " + source
                + " | head -c 300 >&3; sleep 1; tail -c +1001 " + source + " >&3";
        try (Program reflector = site.start();
                Program writer = Program.start(InstalledTree.environment(), "/bin/sh", "-c", slowly)) {
            assertThat(site.monitor().next().text()).contains(probe.id().text());
            assertThat(writer.status()).isZero();
            assertThat(reflector.await(" accepted from=<" + probe.sender())).contains("client=drop");
            Poll.until("the file to go", () -> ResidentSite.names(drop).isEmpty());
        }
        assertThat(site.monitor().waiting()).isZero();
    }

    @Test
    void returns_may_leave_by_a_pickup_directory() throws IOException {
        Path pickup = Files.createDirectory(directory.resolve("Pickup"));
        Path spool = directory.resolve("spool");
        site.configure("pickup:" + pickup, "spool: " + spool);
        try (Program reflector = site.start()) {
            SignedProbe probe = deliver(spool, SignedProbe.fresh());
            reflector.await(" accepted from=<" + probe.sender());
            String name = ResidentSite.names(pickup).stream()
                    .filter(file -> file.endsWith(".eml"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(pickup.resolve(name)))
                    .startsWith("X-Sender: <>\r\nX-Receiver: <return@monitor.test>\r\n")
                    .contains(probe.id().text(), "\r\n\r\n");
        }
    }

    @Test
    void a_full_disk_under_failed_mail_is_one_warning_and_mends_itself() throws IOException {
        Path spool = Files.createDirectory(directory.resolve("spool"));
        site.configure("spool: " + spool);
        site.monitor().answerRecipients("550 5.7.1 returns are not welcome here");
        try (Program reflector = site.startAfter("mount -t tmpfs -o size=64k,mode=700 tmpfs " + spool)) {
            reflector.await("watching spool:" + spool);
            Path inside = Path.of("/proc/" + reflector.id() + "/root" + spool);
            Path one = unfinished(inside, SignedProbe.fresh());
            Path other = unfinished(inside, SignedProbe.fresh());
            fill(inside.resolve("tmp/ballast"));
            Files.move(one, inside.resolve("new/one"));
            Files.move(other, inside.resolve("new/other"));
            assertThat(reflector.await("No space left"))
                    .contains("WARN", "a mail that failed cannot be moved to failed");
            Poll.until(
                    "both to be taken",
                    () -> ResidentSite.names(inside.resolve("cur")).size() == 2);
            assertThat(ResidentSite.names(inside.resolve("failed"))).isEmpty();
            Files.delete(inside.resolve("tmp/ballast"));
            Poll.until(
                    "both to be kept with reasons",
                    () -> ResidentSite.names(inside.resolve("failed")).size() == 4);
            assertThat(ResidentSite.names(inside.resolve("cur"))).isEmpty();
            assertThat(reflector.errors().lines().filter(line -> line.contains("No space left")))
                    .hasSize(1);
            assertThat(reflector.errors().lines().filter(line -> line.contains(" failed from=<")))
                    .hasSize(2);
        }
    }

    @Test
    void kill_9_between_taking_a_mail_and_the_next_hops_answer_loses_nothing() throws IOException {
        Path spool = directory.resolve("spool");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            site.configure("smtp://127.0.0.1:" + silent.getLocalPort(), "spool: " + spool);
            try (Program reflector = site.start()) {
                deliver(spool, SignedProbe.fresh());
                try (Socket waiting = silent.accept()) {
                    assertThat(waiting.isConnected()).isTrue();
                    assertThat(ResidentSite.names(spool.resolve("cur"))).hasSize(1);
                    reflector.kill();
                }
            }
        }
        site.configure("spool: " + spool);
        try (Program reflector = site.start()) {
            site.monitor().next();
            Poll.until(
                    "the spool to be empty",
                    () -> ResidentSite.names(spool.resolve("cur")).isEmpty());
            assertThat(reflector.isAlive()).isTrue();
        }
        assertThat(site.monitor().waiting()).isZero();
    }

    private static SignedProbe deliver(Path spool, SignedProbe probe) throws IOException {
        Files.move(
                unfinished(spool, probe),
                spool.resolve("new").resolve(probe.id().text()));
        return probe;
    }

    private static Path unfinished(Path spool, SignedProbe probe) throws IOException {
        return Files.writeString(
                spool.resolve("tmp").resolve(probe.id().text()),
                "X-Sender: <" + probe.sender() + ">\nX-Receiver: <" + SignedProbe.TARGET + ">\n" + probe.text());
    }

    /** Writes until there is no space left. */
    private static void fill(Path file) {
        try (OutputStream output = Files.newOutputStream(file)) {
            while (true) {
                output.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }
}
