package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpClient;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;
import org.mailsonar.testing.ScriptedServer;

/** A resident reflector takes a new configuration while it works. */
class ReloadIT {

    private static final String READ_AGAIN = " was read again: ";
    private static final String NOT_TAKEN = " was not taken, what was in force stays so: ";

    @TempDir
    private Path directory;

    private ReflectorSite site;

    @BeforeEach
    void prepare() throws IOException {
        site = ReflectorSite.in(directory);
    }

    @AfterEach
    void end() {
        site.close();
    }

    @Test
    void a_recipient_that_was_added_is_accepted_after_a_hang_up() throws IOException {
        site.configure(site.good().replace("recipients: [webscout@", "recipients: [other@"));
        try (Program reflector = site.start();
                SmtpClient before = SmtpClient.connect(site.port())) {
            assertThat(site.send(SignedProbe.fresh())).startsWith("550 5.1.1");
            site.configure(site.good());
            ReflectorSite.hangUp(reflector, READ_AGAIN);
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");
            SignedProbe probe = SignedProbe.fresh();
            assertThat(before.message(probe.sender(), SignedProbe.TARGET, probe.text()))
                    .as("a client that was connected already")
                    .startsWith("250");
            assertThat(reflector.count("listening on smtp://"))
                    .as("the listener stayed what it was")
                    .isOne();
        }
    }

    @Test
    void mail_that_lies_in_a_new_place_is_handled_by_the_configuration_that_names_the_place() throws IOException {
        Path spool = directory.resolve("spool");
        SignedProbe probe = SignedProbe.fresh();
        Files.createDirectories(spool.resolve("new"));
        Files.writeString(spool.resolve("new/waiting"), probe.text());
        site.configure(site.good().replace("recipients: [webscout@", "recipients: [other@"));
        try (Program reflector = site.start()) {
            site.configure(site.good() + "spool: " + spool + "\n");
            ReflectorSite.hangUp(reflector, READ_AGAIN);
            assertThat(site.nextHop().next().text()).contains(probe.id().text());
            reflector.await(" accepted from=<");
            assertThat(reflector.count(" unwanted ")).isZero();
        }
    }

    @Test
    void a_file_that_was_replaced_is_read_without_being_asked() throws IOException {
        site.configure(site.good().replace("recipients: [webscout@", "recipients: [other@"));
        try (Program reflector = site.start()) {
            assertThat(site.send(SignedProbe.fresh())).startsWith("550 5.1.1");
            site.configure(site.good());
            reflector.await(READ_AGAIN);
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");
        }
    }

    @Test
    void a_broken_file_leaves_all_as_it_was_and_a_repaired_one_is_taken() throws IOException {
        try (Program reflector = site.start()) {
            site.configure(site.good().replace("recipients: [webscout@", "recipients: [other@") + "listn: []\n");
            assertThat(reflector.await(NOT_TAKEN))
                    .contains(site.file() + ":10: listn: there is no such key, did you mean 'listen'?");
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");
            assertThat(site.sample("mailsonar_reflector_config_last_reload_success"))
                    .isZero();
            assertThat(site.get("/healthz").statusCode())
                    .as("it serves, so nobody shall restart it")
                    .isEqualTo(200);

            site.configure("a: [");
            Poll.until("the second complaint", () -> reflector.count(NOT_TAKEN) == 2);
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");

            site.configure(site.good());
            reflector.await(READ_AGAIN);
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");
            assertThat(site.sample("mailsonar_reflector_config_last_reload_success"))
                    .isEqualTo(1);
            assertThat(site.sample("mailsonar_reflector_config_reloads_total{result=\"failure\"}"))
                    .isEqualTo(2);
            assertThat(site.sample("mailsonar_reflector_config_reloads_total{result=\"success\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_key_that_is_missing_leaves_all_as_it_was_until_it_is_there() throws IOException {
        try (Program reflector = site.start()) {
            site.configure(site.good().replace("key: monitor.pub", "key: next/monitor.pub"));
            assertThat(reflector.await(NOT_TAKEN)).contains("reflector.yaml:4: trust[0].key: key file ", "missing");
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");
            TestKeys.copy("monitor.pub", Files.createDirectory(directory.resolve("next")), "rw-r--r--");
            reflector.await(READ_AGAIN);
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");
        }
    }

    @Test
    void another_key_in_the_same_file_is_trusted_from_then_on() throws IOException {
        try (Program reflector = site.start()) {
            assertThat(site.send(SignedProbe.byStranger())).startsWith("550");
            Path stranger = Files.createDirectory(directory.resolve("stranger"));
            TestKeys.copy("stranger.pub", stranger, "rw-r--r--");
            Files.copy(
                    stranger.resolve("stranger.pub"),
                    directory.resolve("monitor.pub"),
                    StandardCopyOption.REPLACE_EXISTING);
            reflector.await(READ_AGAIN);
            assertThat(site.send(SignedProbe.byStranger())).startsWith("250");
            assertThat(site.send(SignedProbe.fresh())).startsWith("550");
        }
    }

    @Test
    void another_port_is_listened_on_instead_and_a_taken_one_changes_nothing() throws IOException {
        int other = FreePorts.next();
        try (Program reflector = site.start()) {
            site.configure(listenAt(site.nextHop().port()));
            assertThat(reflector.await(NOT_TAKEN))
                    .contains("cannot listen on 127.0.0.1:" + site.nextHop().port(), "already in use");
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");

            site.configure(listenAt(other));
            ReflectorSite.hangUp(reflector, READ_AGAIN);
            assertThat(ReflectorSite.send(other, SignedProbe.fresh())).startsWith("250");
            assertThatThrownBy(() -> site.send(SignedProbe.fresh())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void other_limits_count_for_those_who_connect_from_then_on() throws IOException {
        try (Program reflector = site.start();
                SmtpClient before = SmtpClient.connect(site.port())) {
            site.configure(site.good() + "limits: {messageSize: 1KiB}\n");
            ReflectorSite.hangUp(reflector, READ_AGAIN);
            SignedProbe probe = SignedProbe.ofSize(5000);
            assertThat(site.send(probe)).startsWith("552");
            assertThat(before.message(probe.sender(), SignedProbe.TARGET, probe.text()))
                    .startsWith("250");
        }
    }

    @Test
    void a_probe_that_was_returned_is_remembered_by_the_next_configuration() throws IOException {
        try (Program reflector = site.start()) {
            SignedProbe probe = SignedProbe.fresh();
            assertThat(site.send(probe)).startsWith("250");
            site.configure(site.good() + "limits: {messageSize: 100KiB}\n");
            ReflectorSite.hangUp(reflector, READ_AGAIN);
            assertThat(site.send(probe)).startsWith("250");
            reflector.await(" reason=repeated ");
            assertThat(site.nextHop().waiting()).isOne();
        }
    }

    @Test
    void a_message_under_way_ends_with_the_relay_that_it_began_with() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        ScriptedServer.Script slow = session -> {
            session.say("220 slow.test ESMTP\r\n");
            for (String reply : List.of("250 slow.test", "250 2.1.0 ok", "250 2.1.5 ok", "354 go on")) {
                session.line();
                session.say(reply + "\r\n");
            }
            session.message();
            await(released);
            session.say("250 2.0.0 taken at last\r\n");
            session.line();
        };
        try (ScriptedServer first = ScriptedServer.start(slow);
                ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
            site.configure(site.good().replace(":" + site.nextHop().port(), ":" + first.port()));
            try (Program reflector = site.start()) {
                Future<String> reply = client.submit(() -> site.send(SignedProbe.fresh()));
                first.awaitLine("DATA");
                site.configure(site.good());
                ReflectorSite.hangUp(reflector, READ_AGAIN);
                assertThat(site.send(SignedProbe.fresh())).startsWith("250");
                assertThat(site.nextHop().waiting()).isOne();
                assertThat(reply.isDone()).isFalse();
                released.countDown();
                assertThat(reply.get()).startsWith("250").contains("taken at last");
            }
        }
    }

    @Test
    void twenty_changes_under_load_lose_nothing() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (Program reflector = site.start();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> sending = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean keepsConnection = i % 2 == 0;
                sending.add(clients.submit(() -> sendUntil(enough, keepsConnection)));
            }
            for (int i = 0; i < 20; i++) {
                // Relay, limits and name change each time, so everything behind the port is made anew.
                site.configure(site.good().replace("company.test\nmetrics", "r" + i + ".test\nmetrics")
                        + "limits: {messageSize: " + (100 + i) + "KiB}\n");
                ReflectorSite.hangUp(reflector, READ_AGAIN);
            }
            enough.set(true);
            int sent = 0;
            for (Future<List<String>> replies : sending) {
                assertThat(replies.get()).isNotEmpty().allMatch(reply -> reply.startsWith("250 "));
                sent += replies.get().size();
            }
            assertThat(site.nextHop().waiting()).isEqualTo(sent);
            assertThat(site.sample("mailsonar_reflector_messages_total{disposition=\"accepted\",reason=\"returned\"}"))
                    .isEqualTo(sent);
        }
    }

    private List<String> sendUntil(AtomicBoolean enough, boolean keepsConnection) throws IOException {
        List<String> replies = new ArrayList<>();
        try (SmtpClient client = SmtpClient.connect(site.port())) {
            while (!enough.get()) {
                SignedProbe probe = SignedProbe.fresh();
                replies.add(
                        keepsConnection
                                ? client.message(probe.sender(), SignedProbe.TARGET, probe.text())
                                : site.send(probe));
            }
        }
        return replies;
    }

    private String listenAt(int port) {
        return site.good().replace("smtp://127.0.0.1:" + site.port(), "smtp://127.0.0.1:" + port);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
