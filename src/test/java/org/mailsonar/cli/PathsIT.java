package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.SiteReader;
import org.mailsonar.lab.DovecotLab;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.site.PathRun;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.testing.TestCertificates;

/** A site of two Postfix and two Dovecot, in which one machine after the other is broken. */
@NeedsDovecot
@NeedsPostfix
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PathsIT {

    private static final String PASSWORD = "hunter2-and-more";

    @TempDir
    private static Path directory;

    private static DovecotLab store1;
    private static DovecotLab store2;
    private static PostfixLab mta1;
    private static PostfixLab mta2;

    private final CapturedTerminal terminal = new CapturedTerminal();

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        TestCertificates authority = TestCertificates.authority(directory, "ca");
        Path server = authority.serverFile("server", "ip:127.0.0.1");
        store1 = DovecotLab.start(server, Map.of("test1", PASSWORD), "http://127.0.0.1:9/");
        store2 = DovecotLab.start(server, Map.of("test2", PASSWORD), "http://127.0.0.1:9/");
        mta1 = mta();
        mta2 = mta();
        TestKeys.copy("monitor.key", directory, "rw-------");
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("site.yaml"), """
                name: company
                key: monitor.key
                from: probe@monitor.test
                mtas:
                  - {name: mta1, url: "smtp://127.0.0.1:%d"}
                  - {name: mta2, url: "smtp://127.0.0.1:%d"}
                stores:
                  - {name: store1, address: test1@store1.test, user: test1, passwordFile: password, url: "imap://127.0.0.1:%d"}
                  - {name: store2, address: test2@store2.test, user: test2, passwordFile: password, url: "pop3://127.0.0.1:%d"}
                timings: {timeout: 15s, slowAfter: 10s, answer: 2s, every: 5m}
                """.formatted(
                        mta1.port(), mta2.port(), store1.port(Service.IMAP), store2.port(Service.POP3)));
    }

    /** What a monitor's schedule runs; everything is due in every minute. */
    private static SiteWatch watch(Store store) throws IOException, ConfigException {
        Path file = Files.writeString(
                directory.resolve("watched.yaml"),
                Files.readString(directory.resolve("site.yaml")).replace("every: 5m", "every: 1m"));
        return new SiteWatch(SiteReader.read(file), "sydney", "m1", store);
    }

    private static PostfixLab mta() throws IOException {
        return PostfixLab.inNewDirectory()
                .transport("store1.test", "lmtp:inet:127.0.0.1:" + store1.port(Service.LMTP))
                .transport("store2.test", "lmtp:inet:127.0.0.1:" + store2.port(Service.LMTP))
                .start();
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable lab : List.of(mta1, mta2)) {
            close(lab);
        }
        close(store1);
        close(store2);
    }

    private static void close(AutoCloseable lab) {
        try {
            lab.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    @Order(1)
    void all_paths_are_good_and_what_is_not_ours_stays() throws IOException {
        store1.deliver("friend@example.test", "test1", "Subject: dinner\n\nat eight?\n");
        store2.deliver("friend@example.test", "test2", "Subject: Mailsonar probe\n\nnot one at all\n");
        Path log = directory.resolve("systest.log");

        int status = run("--log", log.toString());

        assertThat(status).as(said()).isZero();
        assertThat(terminal.results()).as(said()).hasSize(6).last().asString().contains("4 paths good");
        assertThat(Files.readAllLines(log))
                .hasSize(4)
                .allMatch(line -> line.matches("20\\S+Z  store[12]  mta[12]  store[12] +[0-9]+"));
        assertThat(store1.inbox("test1"))
                .filteredOn(line -> line.contains("dinner"))
                .hasSize(1);
        assertThat(store2.inbox("test2"))
                .filteredOn(line -> line.contains("Mailsonar probe"))
                .isNotEmpty();
    }

    @Test
    @Order(1)
    void what_an_old_run_left_behind_is_removed_and_nothing_else() throws Exception {
        Instant now = Instant.now();
        for (String user : List.of("test1", "test2")) {
            DovecotLab store = user.equals("test1") ? store1 : store2;
            int before = store.inbox(user).size();
            deliver(store, user, "monitor", "probe@monitor.test", now.minus(Duration.ofMinutes(11))); // an old run
            deliver(
                    store,
                    user,
                    "monitor",
                    "probe@monitor.test",
                    now.minus(Duration.ofMinutes(5))); // maybe still looked for
            deliver(store, user, "monitor", "return@monitor.test", now.minus(Duration.ofDays(9))); // a round trip
            deliver(store, user, "stranger", "probe@monitor.test", now.minus(Duration.ofDays(9))); // anybody's

            assertThat(run()).as(said()).isZero();

            assertThat(store.inbox(user)).hasSize(before + 3);
        }
    }

    private static void deliver(DovecotLab store, String user, String key, String returnTo, Instant sent)
            throws IOException {
        KeyPair pair = TestKeys.pair(key);
        EmailAddress from = EmailAddress.parse("probe@monitor.test");
        EmailAddress to = EmailAddress.parse(user + "@store" + user.charAt(4) + ".test");
        TokenSigner signer = new TokenSigner(pair.getPrivate(), pair.getPublic());
        ProbeToken token = signer.state(
                ProbeId.create(sent, new SecureRandom()), to, EmailAddress.parse(returnTo), sent, Duration.ofDays(1));
        byte[] mail = ProbeMail.compose(token, signer.sign(token), from, 0);
        store.deliver("probe@monitor.test", user, new String(mail, StandardCharsets.US_ASCII));
    }

    @Test
    @Order(1)
    void a_monitor_keeps_what_became_of_each_path() throws Exception {
        try (Store store = Stores.openStore("jdbc:sqlite:" + directory.resolve("good.db"), null)) {
            SiteWatch watch = watch(store);
            CheckResult result = watch.run();
            assertThat(result.state()).as(result.reason()).isEqualTo(CheckResult.State.GOOD);
            List<PathRun> kept = kept(store);
            assertThat(kept).hasSize(4).allMatch(run -> run.state() == CheckResult.State.GOOD);
            assertThat(watch.run().state())
                    .as("with nothing due, or all in a new minute")
                    .isEqualTo(CheckResult.State.GOOD);
        }
    }

    private static List<PathRun> kept(Store store) {
        List<PathRun> runs = new ArrayList<>();
        Instant now = Instant.now();
        store.paths().each(now.minusSeconds(600), now.plusSeconds(60), runs::add);
        return runs;
    }

    @Test
    @Order(2)
    void a_store_that_refuses_logins_is_named_first() throws IOException {
        store1.password("test1", "another");

        int status = run();

        assertThat(status).as(said()).isEqualTo(ExitStatus.FAILING);
        assertThat(suspects()).as(said()).first().asString().startsWith("store1 (login), likely");
        store1.password("test1", PASSWORD);
    }

    @Test
    @Order(3)
    void a_store_that_hangs_is_named_first() {
        store2.hang();

        int status = run();

        store2.goOn();
        assertThat(status).as(said()).isEqualTo(ExitStatus.FAILING);
        assertThat(suspects()).as(said()).first().asString().startsWith("store2 (pop3), certain");
    }

    @Test
    @Order(4)
    void a_stopped_mail_server_is_named_first() {
        mta1.stop();

        int status = run();

        assertThat(status).as(said()).isEqualTo(ExitStatus.FAILING);
        assertThat(suspects()).as(said()).containsExactly("mta1 (smtp), certain");
        assertThat(said()).contains("refuses connections", "both paths by mta1 fail, the other 2 work");
    }

    @Test
    @Order(5)
    void a_monitor_does_not_forget_what_fails_and_runs_it_again_at_once() throws Exception {
        try (Store store = Stores.openStore("jdbc:sqlite:" + directory.resolve("bad.db"), null)) {
            SiteWatch watch = watch(store);
            CheckResult first = watch.run();
            assertThat(first.state()).as(first.reason()).isEqualTo(CheckResult.State.FAILING);
            assertThat(first.reason()).contains("mta1 (smtp), certain");
            int runs = kept(store).size();
            CheckResult again = watch.run();
            assertThat(again.state()).isEqualTo(CheckResult.State.FAILING);
            assertThat(kept(store))
                    .hasSizeGreaterThan(runs)
                    .filteredOn(run -> run.path().mta().equals("mta1"))
                    .allMatch(run -> !run.suspects().isEmpty());
            CheckResult after = watch(store).run(); // a monitor that was started again
            assertThat(after.state()).isEqualTo(CheckResult.State.FAILING);
        }
    }

    @Test
    @Order(6)
    void a_mail_server_that_cannot_deliver_to_one_store_is_not_blamed_alone() throws IOException {
        mta2.transport("store2.test", "lmtp:inet:127.0.0.1:9");

        int status = run("--format", "json");

        assertThat(status).as(said()).isEqualTo(ExitStatus.FAILING);
        assertThat(terminal.results()).as(said()).last().asString().contains("\"mta1\"");
        assertThat(said()).doesNotContain(PASSWORD);
        Poll.until("Postfix to have given up on nothing", () -> !mta2.queue().isEmpty());
    }

    private int run(String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "paths";
        arguments[1] = "--config";
        arguments[2] = directory.resolve("site.yaml").toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return terminal.run(arguments);
    }

    /** The lines that name somebody. */
    private List<String> suspects() {
        return terminal.results().stream()
                .dropWhile(line -> !line.startsWith("suspect"))
                .skip(1)
                .filter(line -> !line.startsWith("      "))
                .map(String::strip)
                .toList();
    }

    private String said() {
        return String.join("\n", terminal.results()) + "\n" + String.join("\n", terminal.messages());
    }
}
