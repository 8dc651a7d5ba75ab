package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailsonar.notify.AlertmanagerSettings;
import org.mailsonar.notify.ExecSettings;
import org.mailsonar.notify.HeartbeatSettings;
import org.mailsonar.notify.MailSettings;
import org.mailsonar.notify.NotifySettings;
import org.mailsonar.notify.QuietHours;
import org.mailsonar.notify.Rule;
import org.mailsonar.notify.Severity;
import org.mailsonar.notify.SmsSettings;
import org.mailsonar.notify.SyslogSettings;
import org.mailsonar.notify.Template;
import org.mailsonar.notify.WebhookSettings;

/** Each file under {@code config/bad-notify} has one mistake and its message, as in {@link BadConfigTest}. */
class NotifyReaderTest {

    private static final Path BAD = Path.of("src/test/resources/config/bad-notify");
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    private ConfigDirectory files;

    @BeforeEach
    void fill() {
        files = ConfigDirectory.in(directory);
    }

    static List<String> badFiles() throws IOException {
        try (Stream<Path> files = Files.list(BAD)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void a_mistake_is_told_with_its_place_and_remedy(String name) throws IOException {
        String content = Files.readString(BAD.resolve(name));
        Path file = files.file(name, content);
        String expected = content.lines().findFirst().orElse("").substring(2);

        Throwable told = catchThrowable(() -> load(file));

        assertThat(told).isInstanceOf(ConfigException.class);
        assertThat(told.getMessage())
                .isEqualTo(expected.replace("FILE", file.toString()))
                .doesNotContain("hunter2", "Exception");
    }

    @Test
    void a_secret_url_does_not_go_in_the_clear_and_is_not_shown() throws IOException {
        Path secret = Files.writeString(directory.resolve("secrets/url"), "http://chat.test/services/hunter2\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path file = files.file("notify.yaml", """
                notify:
                  ways: [{name: a, webhook: {urlFile: secrets/url}}]
                """);

        assertThatThrownBy(() -> load(file))
                .hasMessage(file + ":2: notify.ways[0].webhook: the secret would go to http://chat.test in the clear;"
                        + " write https");
    }

    @Test
    void every_kind_of_way_is_read() throws ConfigException {
        NotifySettings settings = load(files.file("notify.yaml", """
                notify:
                  ways:
                    - {name: hook, webhook: https://pager.test/hook}
                    - name: chat
                      webhook:
                        url: https://chat.test/x
                        headers: ["X-Priority: high"]
                        tokenFile: secrets/password
                        template: '{"text": "${line}"}'
                        timeLimit: 5s
                    - name: pager
                      kannel:
                        url: http://127.0.0.1:13013/cgi-bin/sendsms
                        user: mailsonar
                        passwordFile: secrets/password
                        from: "100"
                        to: ["+61400000001"]
                        segments: 1
                    - name: twilio
                      smsForm: {url: https://api.test/M.json, user: AC, passwordFile: secrets/password, to: ["+614"]}
                    - {name: am, alertmanager: "http://127.0.0.1:9093"}
                    - {name: run, exec: [/usr/local/bin/page, night]}
                    - {name: log, syslog: local}
                    - {name: far, syslog: "udp://log.test"}
                    - {name: post, mail: {relay: "smtp://127.0.0.1:25", from: m@monitor.test, to: [admin@elsewhere.test]}}
                  rules:
                    - {ways: [pager]}
                """));

        assertThat(settings.ways())
                .containsEntry(
                        "hook", new WebhookSettings(URI.create("https://pager.test/hook"), Map.of(), null, null, LIMIT))
                .containsEntry(
                        "chat",
                        new WebhookSettings(
                                URI.create("https://chat.test/x"),
                                Map.of("X-Priority", "high"),
                                "hunter2",
                                new Template("{\"text\": \"${line}\"}", Template.Format.JSON),
                                Duration.ofSeconds(5)))
                .containsEntry(
                        "pager",
                        new SmsSettings(
                                SmsSettings.Gateway.KANNEL,
                                URI.create("http://127.0.0.1:13013/cgi-bin/sendsms"),
                                "mailsonar",
                                "hunter2",
                                "100",
                                List.of("+61400000001"),
                                1,
                                LIMIT))
                .containsEntry(
                        "am",
                        new AlertmanagerSettings(
                                List.of(URI.create("http://127.0.0.1:9093")), null, Duration.ofHours(1), LIMIT))
                .containsEntry("run", new ExecSettings(List.of("/usr/local/bin/page", "night"), LIMIT))
                .containsEntry("log", new SyslogSettings("", 0))
                .containsEntry("far", new SyslogSettings("log.test", 514));
        assertThat(settings.ways().get("post")).isInstanceOf(MailSettings.class);
        assertThat(settings.ways().get("twilio")).hasToString("SMS by https://api.test");
        assertThat(settings.toString()).doesNotContain("hunter2");
        assertThat(settings.rules()).containsExactly(Rule.of("rule-1", List.of("pager")));
        assertThat(settings.heartbeat()).isNull();
    }

    @Test
    void a_rule_with_everything_is_read() throws ConfigException {
        NotifySettings settings = load(files.file("notify.yaml", """
                notify:
                  ways:
                    - {name: pager, exec: [/usr/local/bin/page]}
                    - {name: boss, exec: [/usr/local/bin/page, boss]}
                  rules:
                    - name: night
                      targets: ["shop-*"]
                      tags: [gold]
                      severity: [critical, warning]
                      ways: [pager, boss]
                      repeat: 4h
                      escalate: {after: 30m, ways: [boss]}
                      quietHours: {from: "22:00", until: "07:00", zone: Australia/Sydney}
                      advisoryAfter: 2h
                """));

        assertThat(settings.rules())
                .containsExactly(new Rule(
                        "night",
                        List.of("shop-*"),
                        List.of("gold"),
                        EnumSet.of(Severity.CRITICAL, Severity.WARNING),
                        List.of("pager", "boss"),
                        Duration.ofHours(4),
                        new Rule.Escalation(Duration.ofMinutes(30), List.of("boss")),
                        new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Australia/Sydney")),
                        Duration.ofHours(2)));
    }

    @Test
    void a_heartbeat_may_stand_alone_and_its_fail_url_be_told_by_its_end() throws ConfigException {
        NotifySettings settings = load(files.file("notify.yaml", """
                notify:
                  heartbeat: {url: https://hc.test/abc, failUrl: /fail}
                """));

        assertThat(settings.heartbeat())
                .isEqualTo(new HeartbeatSettings(
                        URI.create("https://hc.test/abc"),
                        URI.create("https://hc.test/abc/fail"),
                        Duration.ofMinutes(1)));
    }

    @Test
    void it_is_known_whether_all_depends_on_mail() throws ConfigException {
        String post = "{name: post, mail: {relay: 'smtp://127.0.0.1', from: a@b.test, to: [c@d.test]}}";
        String page = "{name: page, exec: [/bin/page]}";

        assertThat(rules("[" + post + "]", "[{ways: [post]}]").dependsOnMail()).isTrue();
        assertThat(rules("[" + post + ", " + page + "]", "[{ways: [post]}]").dependsOnMail())
                .isTrue();
        assertThat(rules("[" + post + ", " + page + "]", "[{ways: [post, page]}]")
                        .dependsOnMail())
                .isFalse();
        assertThat(rules("[" + post + ", " + page + "]", "[{ways: [post], escalate: {after: 1h, ways: [page]}}]")
                        .dependsOnMail())
                .isFalse();
        assertThat(NotifySettings.NOBODY.dependsOnMail()).isFalse();
    }

    private NotifySettings rules(String ways, String rules) throws ConfigException {
        return load(files.file("rules.yaml", "notify:\n  ways: " + ways + "\n  rules: " + rules + "\n"));
    }

    private static NotifySettings load(Path file) throws ConfigException {
        return NotifyReader.read(ConfigNode.read(file).section("notify").optional("notify"));
    }
}
