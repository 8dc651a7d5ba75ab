package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.Check;
import org.mailsonar.intake.smtp.ListenerProtocol;
import org.mailsonar.intake.smtp.TlsFiles;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.relay.SmtpSettings;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.verdict.CheckTarget;

/** What files mean, the shipped ones before all. */
class GoodConfigTest {

    private static final EmailAddress WEBSCOUT = EmailAddress.parse("webscout@company.test");

    private static final String MONITOR = """
            database: jdbc:sqlite:../var/mailsonar.db
            key: keys/monitor.key
            from: probe@monitor.test
            returnTo: return@monitor.test
            submit: smtp://127.0.0.1:25
            targets:
              - address: webscout@company.test
            """;

    @TempDir
    private Path temporary;

    private ConfigDirectory directory;

    @BeforeEach
    void fill() {
        directory = ConfigDirectory.in(temporary);
    }

    @Test
    void the_shipped_reflector_file_loads() throws Exception {
        ReflectorConfig config = ConfigDirectory.reflector(shipped("reflector.yaml"));

        assertThat(config.settings().address()).isEqualTo(WEBSCOUT);
        assertThat(config.settings().recipients()).containsExactly(WEBSCOUT);
        assertThat(config.settings().trust()).singleElement().satisfies(trust -> {
            assertThat(trust.returnTo()).singleElement().hasToString("*@monitor.test");
            assertThat(trust.allows(EmailAddress.parse("return@monitor.test"))).isTrue();
        });
        assertThat(config.settings().envelopeSender()).isNull();
        assertThat(config.settings().clockSkew()).isEqualTo(Duration.ofDays(2));
        assertThat(config.relay().describe()).isEqualTo("smtp://127.0.0.1:25");
        assertThat(config.listen()).containsExactly(new ListenUrl(ListenerProtocol.SMTP, "127.0.0.1", 2525));
        assertThat(config.limits().messageSize()).isEqualTo(256 * 1024);
        assertThat(config.limits().connections()).isEqualTo(200);
        assertThat(config.limits().connectionsPerClient()).isEqualTo(50);
        assertThat(config.limits().greetingPause()).isZero();
        assertThat(config.limits().perMinute()).isEqualTo(600);
        assertThat(config.limits().perMinutePerKey()).isEqualTo(300);
        assertThat(config.limits().replayWindow()).isEqualTo(Duration.ofHours(2));
        assertThat(config.strangers()).isEqualTo(ReflectorConfig.Strangers.REFUSE);
        assertThat(config.log()).isEqualTo(PipeLogSettings.SYSLOG);
        assertThat(config.logFormat()).isEqualTo(ReflectorConfig.LogFormat.TEXT);
        assertThat(config.metrics()).isNull();
    }

    @Test
    void the_shipped_monitor_file_loads() throws Exception {
        MonitorConfig config = MonitorConfig.load(shipped("monitor.yaml"));

        assertThat(config.settings().vantage()).isEqualTo("sydney");
        assertThat(config.settings().from()).hasToString("probe@monitor.test");
        assertThat(config.settings().returnTo()).hasToString("return@monitor.test");
        assertThat(config.settings().validity()).isEqualTo(Duration.ofDays(1));
        assertThat(config.key().getPublic()).isEqualTo(TestKeys.pair("monitor").getPublic());
        assertThat(config.returns().listeners())
                .containsExactly(new ListenUrl(ListenerProtocol.SMTP, "127.0.0.1", 2526));
        assertThat(config.targets())
                .containsExactly(new Target(
                        "company", WEBSCOUT, Duration.ofMinutes(20), Duration.ofMinutes(2), Duration.ofMinutes(10), 0));
    }

    @Test
    void what_the_shipped_files_have_commented_out_loads_too() throws Exception {
        String reflector = Files.readString(Path.of("conf/reflector.yaml"))
                .replaceAll(
                        "(?m)^# (envelopeSender|clockSkew|signWith|hostName|log|logFormat|metrics|spool|watch|tls):",
                        "$1:");
        ReflectorConfig config = ConfigDirectory.reflector(directory.file("reflector.yaml", reflector));
        assertThat(config.settings().agent()).isEqualTo("mx1.company.test");
        assertThat(config.watch())
                .extracting(WatchUrl::toString)
                .containsExactly("spool:/var/spool/mailsonar", "maildir:/home/webscout/Maildir", "drop:/srv/mail/Drop");
        assertThat(config.settings().signer()).isNotNull();
        assertThat(config.log().file())
                .isEqualTo(temporary.resolveSibling("var").resolve("email_return.log"));
        assertThat(config.tls())
                .isEqualTo(new TlsFiles(temporary.resolve("tls/fullchain.pem"), temporary.resolve("tls/privkey.pem")));
        assertThat(config.logFormat()).isEqualTo(ReflectorConfig.LogFormat.JSON);
        assertThat(config.metrics()).isEqualTo(new StatusAddress("127.0.0.1", 9925));

        String monitor = Files.readString(Path.of("conf/monitor.yaml"))
                .replaceAll("(?m)^# (validity|log|tls|selfProbe|authservIds|retention|dialogues|host):", "$1:")
                .replaceAll(
                        "(?m)^# (?=checks:|sites:|  - |notify:|  ways:|  rules:|  heartbeat:|    - |      kannel:)", "")
                .replaceAll("(?m)^  # ", "  ");
        directory.file("host.yaml", Files.readString(Path.of("conf/host.yaml")));
        String site = Files.readString(Path.of("conf/site.yaml"));
        directory.file("site.yaml", site);
        directory.file("site2.yaml", site.replace("name: company\n", "name: university\n"));
        directory.file("dialogues.yaml", Files.readString(Path.of("conf/dialogues.yaml")));
        MonitorConfig loaded = MonitorConfig.load(directory.file("monitor.yaml", monitor));
        assertThat(loaded.telling().ways()).containsOnlyKeys("pager", "hook", "am", "run");
        assertThat(loaded.telling().rules()).hasSize(2);
        assertThat(loaded.telling().heartbeat()).isNotNull();
        assertThat(loaded.returns().maildirs()).hasSize(1);
        assertThat(loaded.returns().mailboxes()).hasSize(1);
        assertThat(loaded.selfProbe()).isEqualTo(Duration.ofMinutes(5));
        assertThat(loaded.settings().authservIds()).containsExactly("mx.monitor.test");
        assertThat(loaded.targets())
                .extracting(Target::name)
                .containsExactly("company", "webscout@university.test", "standby@company.test", "tester@hosted.test");
        assertThat(loaded.targets().get(2).policy().maintenance()).hasSize(2);
        assertThat(loaded.targets().get(3).route().mailbox()).isNotNull();
        assertThat(loaded.checks().scheduled())
                .extracting(CheckTarget::name)
                .containsExactly("smtp://mx1.company.test:25", "company imap");
        assertThat(loaded.checks().scheduled().getLast().timing().every()).isEqualTo(Duration.ofMinutes(2));
        assertThat(loaded.checks().scheduled().getLast().policy().tags()).containsExactly("gold");
        assertThat(loaded.checks().of("tester@hosted.test"))
                .extracting(Check::name)
                .containsExactly("imaps://mail.hosted.test:993", "smtp://mail.hosted.test:25?to=tester@hosted.test");
        assertThat(loaded.checks().of("company")).isEmpty();
        assertThat(Objects.requireNonNull(loaded.checks().host()).timing().every())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(loaded.checks().sites())
                .extracting(Watched::name)
                .containsExactly("paths of company", "paths of university");
        assertThat(loaded.checks().sites().getLast().policy().tags()).containsExactly("gold");
        assertThat(loaded.checks().sites())
                .allSatisfy(watched -> assertThat(watched.timing().timeout())
                        .as(
                                "all six paths of an account in good time, the first bad one, and those begun within a time-out")
                        .isGreaterThan(
                                watched.what().site().timings().slowAfter().multipliedBy(6))
                        .isGreaterThan(watched.what().site().timings().timeout().multipliedBy(4)));
        assertThat(loaded.targets().subList(0, 2))
                .last()
                .extracting(Target::every, Target::size, Target::returnKey)
                .containsExactly(Duration.ofMinutes(5), 64 * 1024, TestKeys.trusted("reflector"));
    }

    @Test
    void limits_that_are_not_named_have_their_defaults() throws Exception {
        String plain = Files.readString(Path.of("conf/reflector.yaml")).replaceAll("(?m)^limits:\\R.*", "");
        ReflectorConfig without = ConfigDirectory.reflector(directory.file("reflector.yaml", plain));
        assertThat(without.limits()).isEqualTo(ReflectorLimits.DEFAULT);

        ReflectorConfig some = ConfigDirectory.reflector(
                directory.file("reflector.yaml", plain + "limits: {perMinutePerClient: 20, replayWindow: off}\n"));
        assertThat(some.limits().perMinutePerClient()).isEqualTo(20);
        assertThat(some.limits().replayWindow()).isNull();
        assertThat(some.limits().messageSize()).isEqualTo(ReflectorLimits.DEFAULT.messageSize());
    }

    @Test
    void one_client_may_never_have_more_connections_than_all() throws Exception {
        String plain = Files.readString(Path.of("conf/reflector.yaml")).replaceAll("(?m)^limits:\\R.*", "");
        ReflectorLimits limits = ConfigDirectory.reflector(
                        directory.file("reflector.yaml", plain + "limits: {connections: 20, greetingPause: 2s}\n"))
                .limits();
        assertThat(limits.connectionsPerClient()).isEqualTo(20);
        assertThat(limits.greetingPause()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void paths_are_relative_to_the_file() throws ConfigException {
        MonitorConfig config = monitor(MONITOR + "log: receive.log\n");
        assertThat(config.database().url())
                .isEqualTo("jdbc:sqlite:" + temporary.resolveSibling("var").resolve("mailsonar.db"));
        assertThat(config.log().file()).isEqualTo(temporary.resolve("receive.log"));
    }

    @Test
    void the_authorities_of_a_relay_are_relative_to_the_file() throws ConfigException {
        directory.file("ca.pem", "");
        MonitorConfig config = monitor(MONITOR.replace("smtp://127.0.0.1:25", "smtps://mail.test?caFile=ca.pem"));
        assertThat(config.submission())
                .isInstanceOfSatisfying(
                        SmtpSettings.class, smtp -> assertThat(smtp.caFile()).isEqualTo(temporary.resolve("ca.pem")));
    }

    @Test
    void a_password_comes_from_its_file_without_the_line_end() throws ConfigException {
        MonitorConfig config = monitor(MONITOR.replace(
                "smtp://127.0.0.1:25", "{url: 'smtp://mail.test?user=probe', passwordFile: secrets/password}"));
        assertThat(config.submission())
                .isInstanceOfSatisfying(
                        SmtpSettings.class,
                        smtp -> assertThat(smtp.login()).hasFieldOrPropertyWithValue("password", "hunter2"));
        assertThat(config.toString()).doesNotContain("hunter2");
    }

    @Test
    void a_password_comes_from_the_environment() throws ConfigException {
        // PATH is the one variable that is set everywhere.
        MonitorConfig config = monitor(
                MONITOR.replace("smtp://127.0.0.1:25", "{url: 'smtp://mail.test?user=probe', passwordEnv: PATH}"));
        assertThat(config.submission())
                .isInstanceOfSatisfying(
                        SmtpSettings.class,
                        smtp -> assertThat(smtp.login())
                                .hasFieldOrPropertyWithValue("password", System.getenv("PATH")));
    }

    @Test
    void a_target_says_what_differs_from_the_defaults() throws ConfigException {
        MonitorConfig config = monitor(MONITOR.replace(
                        "  - address: webscout@company.test",
                        "  - {address: webscout@company.test, every: 1m}\n  - {address: b@x.test, timeout: 3m}")
                + "defaults: {every: 5m, slowAfter: 30s, timeout: 2m, size: 1MiB}\n");
        assertThat(config.targets())
                .containsExactly(
                        new Target(
                                "webscout@company.test",
                                WEBSCOUT,
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(2),
                                1024 * 1024),
                        new Target(
                                "b@x.test",
                                EmailAddress.parse("b@x.test"),
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(3),
                                1024 * 1024));
    }

    @Test
    void a_name_goes_before_an_address() throws ConfigException {
        MonitorConfig config = monitor(MONITOR + """
              - {address: b@x.test, name: webscout@company.test}
            """.replace("webscout@company.test", "WEBSCOUT@company.test"));
        assertThat(named(config, "WEBSCOUT@company.test")).isEqualTo("b@x.test");
        assertThat(named(config, "webscout@company.test")).isEqualTo("webscout@company.test");
        assertThat(named(config, "B@X.test")).isEqualTo("b@x.test");
        assertThat(named(config, "nobody")).isNull();
    }

    @Test
    void the_longest_from_leaves_room_for_a_probe_id() throws ConfigException {
        String longest = "p".repeat(37);
        assertThat(monitor(MONITOR.replace("from: probe@", "from: " + longest + "@"))
                        .settings()
                        .from()
                        .local())
                .isEqualTo(longest);
        // What stands behind a plus is not kept, so it does not count.
        assertThat(monitor(MONITOR.replace("from: probe@", "from: probe+" + longest + "@"))
                        .settings()
                        .from())
                .isNotNull();
    }

    private static @Nullable String named(MonitorConfig config, String name) {
        Target target = config.target(name);
        return target == null ? null : target.address().toString();
    }

    private MonitorConfig monitor(String content) throws ConfigException {
        return MonitorConfig.load(directory.file("monitor.yaml", content));
    }

    private Path shipped(String name) throws IOException {
        return directory.file(name, Files.readString(Path.of("conf").resolve(name)));
    }
}
