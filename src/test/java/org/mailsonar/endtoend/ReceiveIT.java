package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.Command;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.SmtpSink;

/** {@code mailsonar receive} in the {@code .forward} file of the monitor's own mail user, who needs no listener and no root. */
@NeedsPostfix
class ReceiveIT {

    private PipeSite site;
    private PostfixLab lab;
    private Path settings;

    @BeforeEach
    void start() throws IOException {
        site = PipeSite.start(PostfixLab.inNewDirectory()
                .user("webscout")
                .user("watcher")
                .parameter("mydestination", "$mydomain, watch.test"));
        lab = site.lab();
        settings = lab.home("watcher").resolve(".mailsonar");
        Files.createDirectory(settings);
        Files.writeString(settings.resolve("monitor.yaml"), """
                vantage: here
                database: jdbc:sqlite:ledger.db
                key: keys/monitor.key
                from: watcher@watch.test
                returnTo: watcher@watch.test
                submit: smtp://127.0.0.1:%d
                log: log
                targets:
                  - {address: webscout@company.test, name: company}
                """.formatted(lab.port()));
        lab.run("chown", "-R", "watcher", settings.toString());
        asWatcher("keygen", "--out", settings.resolve("keys").toString());
        lab.forward("watcher", "|\"" + InstalledTree.shared().script("mailsonar") + " receive\"");
        Files.copy(settings.resolve("keys/monitor.pub"), site.settings().resolve("watcher.pub"));
        Path reflector = site.settings().resolve("reflector.yaml");
        Files.writeString(
                reflector,
                Files.readString(reflector)
                        .replace("monitor.pub", "watcher.pub")
                        .replace("*@monitor.test", "watcher@watch.test"));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void a_round_trip_is_known_to_probe_and_status() throws IOException {
        Command probe = asWatcher("probe", "company", "--format", "json");

        assertThat(probe.status()).as(probe.output()).isZero();
        assertThat(probe.output())
                .contains("\"outcome\":\"returned\"", "\"clock\":\"wall\"", "\"resolutionSeconds\":0.1");
        assertThat(WholeSite.number(probe.output(), "roundTripSeconds")).isPositive();
        assertThat(asWatcher("status").output()).contains("  round trip ");
        assertThat(settings.resolve("log"))
                .content()
                .contains(" mailsonar-receive[", "] accepted from=<> to=<watcher@watch.test>");
        lab.awaitEmptyQueue();
    }

    @Test
    void a_bounce_is_taken_too() throws IOException {
        try (SmtpSink server = SmtpSink.open().answerRecipients("550 5.1.1 no such user")) {
            lab.route("webscout@company.test", server.port());
            Command probe = asWatcher("probe", "company");

            assertThat(probe.status()).as(probe.output()).isEqualTo(2);
            assertThat(probe.output()).isEqualTo("webscout@company.test  bounced: 127.0.0.1: 550 5.1.1 no such user\n");
        }
    }

    @Test
    void strangers_mail_is_dropped_silently_and_counted() throws IOException {
        lab.submit("someone@monitor.test", "watcher@watch.test", "Subject: hello\n\nhello\n");
        assertThat(lab.awaitLog("relay=local")).contains("status=sent (delivered to command");
        lab.awaitEmptyQueue();

        assertThat(asWatcher("status").output()).contains("mail that was no return, strangers: 1");
        assertThat(site.monitor().waiting()).isZero();
    }

    @Test
    void a_ledger_that_cannot_be_written_keeps_the_return_in_the_queue() throws IOException {
        Path ledger = settings.resolve("ledger.db");
        assertThat(asWatcher("status").status()).isEqualTo(3); // makes the ledger
        lab.run("chown", "root", ledger.toString());
        lab.submit("someone@monitor.test", "watcher@watch.test", "Subject: hello\n\nhello\n");
        assertThat(lab.awaitLog("status=deferred")).contains("temporary failure");

        lab.run("chown", "watcher", ledger.toString());
        lab.flush();
        lab.awaitEmptyQueue();
        assertThat(lab.log()).doesNotContain("status=bounced");
    }

    private Command asWatcher(String... words) {
        String line = "HOME='" + lab.home("watcher") + "' MAILSONAR_JAVA_HOME='" + System.getProperty("java.home")
                + "' '" + InstalledTree.shared().script("mailsonar") + "' " + String.join(" ", words);
        return lab.run("setpriv", "--reuid=watcher", "--regid=60101", "--clear-groups", "sh", "-c", line);
    }
}
