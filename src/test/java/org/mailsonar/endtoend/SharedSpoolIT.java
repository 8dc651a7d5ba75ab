package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;

/** A spool that many users share with a reflector of another user, as {@code installer/install.sh --spool} makes it. */
@NeedsPostfix
class SharedSpoolIT {

    private PipeSite site;
    private SpoolDirectory spool;

    @BeforeEach
    void start() throws IOException {
        site = PipeSite.start();
        spool = new SpoolDirectory(site.lab().directory().resolve("spool"));
        install();
        Path file = site.settings().resolve("reflector.yaml");
        Files.writeString(file, "spool: " + spool.path() + "\n" + Files.readString(file));
        site.lab().run("chmod", "644", file.toString());
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private void install() {
        try (Program installer = Program.start(
                InstalledTree.environment(),
                "sh",
                InstalledTree.shared().root().resolve("scripts/make-spool").toString(),
                spool.path().toString(),
                "games")) {
            assertThat(installer.status()).as(installer.toString()).isZero();
        }
    }

    @Test
    void postfix_hands_probes_over_to_a_reflector_of_another_user() throws IOException {
        try (Program reflector = startReflector()) {
            Poll.until("a lease", spool::isLeased);
            SignedProbe probe = site.send(SignedProbe.fresh());

            assertThat(site.monitor().next().text())
                    .contains(probe.id().text(), "Return-Path: <" + probe.sender() + ">");
            site.awaitDelivered();
            reflector.await("accepted from=<" + probe.sender() + "> to=<webscout@company.test> client=spool ");
            Poll.until("an empty spool", spool::isEmpty);
        }
        assertThat(site.log()).isEmpty(); // the pipe program's
    }

    @Test
    void no_user_reads_or_removes_the_mail_of_another() throws IOException {
        spool.lease(Duration.ofHours(1));
        site.send(SignedProbe.fresh());
        site.awaitDelivered();
        Path mail = spool.delivered().getFirst();

        assertThat(asNobody("cat", mail.toString())).isNotZero();
        assertThat(asNobody("rm", "-f", mail.toString())).isNotZero();
        assertThat(asNobody("touch", spool.path().resolve("alive").toString())).isNotZero();
        assertThat(asNobody("touch", spool.path().resolve("other").toString())).isNotZero();
        assertThat(mail).exists();
    }

    @Test
    void a_full_spool_is_a_75_and_the_mail_stays_in_the_queue() throws IOException {
        // In the lab's own name space, which ends with it.
        site.lab()
                .run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=16k",
                        "none",
                        spool.path().toString());
        site.lab()
                .run(
                        "sh",
                        "-c",
                        "cd " + spool.path() + " && mkdir -m 1777 tmp new && touch -d '+1 hour' alive && ls alive");
        SignedProbe probe = SignedProbe.ofSize(60_000);
        site.send(probe);
        site.lab().awaitLog("status=deferred");
        assertThat(site.lab().run("find", spool.path().toString(), "-type", "f").output())
                .isEqualTo(spool.path().resolve("alive") + "\n");

        site.lab().run("umount", spool.path().toString());
        spool.lease(Duration.ofHours(1));
        site.lab().flush();
        site.lab().awaitEmptyQueue();
        assertThat(spool.only()).endsWith("\n" + probe.text());
    }

    private static int asNobody(String... words) {
        String[] all = new String[words.length + 4];
        System.arraycopy(new String[] {"setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"}, 0, all, 0, 4);
        System.arraycopy(words, 0, all, 4, words.length);
        try (Program program = Program.start(InstalledTree.environment(), all)) {
            return program.status();
        }
    }

    private Program startReflector() {
        Program reflector = Program.start(
                InstalledTree.environment(),
                "setpriv",
                "--reuid=games",
                "--regid=games",
                "--clear-groups",
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                site.settings().resolve("reflector.yaml").toString());
        reflector.await("watching spool:");
        return reflector;
    }
}
