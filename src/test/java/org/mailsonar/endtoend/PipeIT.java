package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;

/** {@code email_return} in {@code .forward} and alias files of a real Postfix: what is returned, and what never is. */
@NeedsPostfix
class PipeIT {

    private PipeSite site;

    @BeforeEach
    void start() throws IOException {
        site = PipeSite.start();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void a_probe_comes_back_stamped() throws IOException {
        SignedProbe probe = site.send(SignedProbe.fresh());

        SmtpSink.Delivery back = site.monitor().next();
        assertThat(back.sender()).isEmpty();
        assertThat(back.recipients()).containsExactly(SignedProbe.RETURN);
        assertThat(header(back))
                .containsPattern("(?m)^Subject: Mailsonar probe " + probe.id()
                        + " \\[received \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z]$")
                .containsPattern("(?m)^Mailsonar-Return: 1; id=" + probe.id()
                        + "; received=\\S+Z; agent=mail\\.company\\.test; version=\\S+$")
                .contains("From: <webscout@company.test>\n", "To: <return@monitor.test>\n")
                .contains("Auto-Submitted: auto-replied\n", "In-Reply-To: <" + probe.id() + "@monitor.test>\n")
                .contains("\nMailsonar-Probe: ", "\nMessage-ID: <", "\nDate: ");
        // What the site did with the probe is told as evidence, in the body.
        assertThat(back.text())
                .contains("text/rfc822-headers", "Return-Path: <" + probe.sender() + ">", "by mail.company.test");
        site.awaitDelivered();
        assertThat(site.monitor().waiting()).isZero();
    }

    @Test
    void the_log_file_tells_what_became_of_each_message() throws IOException {
        SignedProbe probe = site.send(SignedProbe.fresh());
        site.monitor().next();
        site.awaitDelivered();

        assertThat(site.log().lines())
                .singleElement()
                .asString()
                .contains(
                        "Z email_return[",
                        "] accepted from=<" + probe.sender() + "> to=<webscout@company.test> client=pipe size=",
                        " probe " + probe.id() + " returned to return@monitor.test: 250 2.0.0 Ok: queued as ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|\"%s\"", "\"|%s\"", "\"|%s --config .mailsonar/reflector.yaml\"", "|%s"})
    void every_way_of_writing_a_forward_works(String form) throws IOException {
        // Postfix starts programs in its queue directory, so a file is named in full.
        String line = form.formatted(InstalledTree.shared().script("email_return"))
                .replace(" .mailsonar/", " " + site.settings() + "/");
        site.lab().forward(PipeSite.USER, line);
        site.send(SignedProbe.fresh());

        assertThat(site.monitor().next().recipients()).containsExactly(SignedProbe.RETURN);
        assertThat(site.lab().mailbox(PipeSite.USER)).isEmpty();
    }

    @Test
    void a_backslash_keeps_the_probe_as_it_came_and_returns_it_too() throws IOException {
        site.lab()
                .forward(
                        PipeSite.USER,
                        "\\webscout, \"|" + InstalledTree.shared().script("email_return") + "\"");
        SignedProbe probe = site.send(SignedProbe.fresh());

        assertThat(site.monitor().next().text()).contains(probe.id().text());
        assertThat(site.lab().awaitMailbox(PipeSite.USER, 1))
                .singleElement()
                .asString()
                .endsWith("\n" + probe.text());
    }

    @Test
    void what_gateways_do_to_a_probe_does_no_harm_and_is_shown() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        // Octets as they are on the wire: the lab's client sends one for each character.
        String prefix = new String("[Außerhalb] ".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String changed = probe.text()
                        .replace("Subject: ", "X-Spam-Status: No, score=0.1\nSubject: " + prefix)
                        .replaceFirst("Mailsonar-Probe:(\n .*)+\n", "")
                + "\n-- \nThis message came from outside.\n";
        site.lab().submit(probe.sender(), SignedProbe.TARGET, changed);

        String back = site.monitor().next().text();
        assertThat(back).contains("\r\nSubject: " + prefix + "Mailsonar probe " + probe.id() + " [received ");
        assertThat(back.substring(back.indexOf("text/rfc822-headers"))).contains("X-Spam-Status: No, score=3D0.1");
    }

    @Test
    void an_extension_of_the_probed_address_is_probed_too() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        site.lab().submit(probe.sender(), "webscout+monday@company.test", probe.text());

        assertThat(site.monitor().next().recipients()).containsExactly(SignedProbe.RETURN);
    }

    @Test
    void an_alias_runs_it_as_nobody_with_a_configuration_of_its_own() throws IOException {
        Path settings = Files.createDirectory(site.lab().directory().resolve("settings"));
        site.lab().run("chmod", "755", settings.toString());
        TestKeys.copy("monitor.pub", settings, "rw-r--r--");
        Path log = Files.createFile(settings.resolve("log"));
        site.lab().run("chown", "nobody", log.toString());
        String relay = "smtp://127.0.0.1:" + site.lab().port();
        Path file = Files.writeString(settings.resolve("site.yaml"), PipeSite.configuration(relay, "log"));
        String program = InstalledTree.shared().script("email_return");
        site.lab().alias("webscout", "\"|" + program + " --config " + file + "\"");
        SignedProbe probe = site.send(SignedProbe.fresh());

        assertThat(site.monitor().next().text()).contains(probe.id().text());
        assertThat(site.log()).isEmpty();
        site.awaitDelivered();
        assertThat(log).content().contains("accepted", probe.id().text());
    }

    @Test
    void returns_leave_by_sendmail_as_well() throws IOException {
        site.configure("sendmail:/usr/sbin/sendmail");
        SignedProbe probe = site.send(SignedProbe.fresh());

        SmtpSink.Delivery back = site.monitor().next();
        assertThat(back.sender()).isEmpty();
        assertThat(header(back)).contains("Subject: Mailsonar probe " + probe.id() + " [received ");
        site.awaitDelivered();
        assertThat(site.log()).contains("returned to return@monitor.test: sendmail: accepted");
    }

    @Test
    void strangers_mail_is_dropped_and_never_answered() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        String[] strangers = {
            "From: someone@example.test\nSubject: hello\n\nhello\n",
            SignedProbe.forged().text(),
            SignedProbe.byStranger().text(),
            "Auto-Submitted: auto-replied\n" + probe.text(),
            "Mailsonar-Return: 1; id=" + probe.id() + "; received=2026-01-01T00:00:00.000Z; agent=a; version=1\n"
                    + probe.text()
        };
        for (int i = 0; i < strangers.length; i++) {
            site.lab().submit(probe.sender(), SignedProbe.TARGET, strangers[i]);
            site.lab().awaitEmptyQueue();
            assertThat(site.log().lines()).as("the log after message %d", i).hasSize(i + 1);
        }

        assertThat(site.log().lines()).allMatch(line -> line.contains("] unwanted from="));
        assertThat(site.log())
                .contains(
                        "signature of the probe token is wrong",
                        "not trusted here",
                        "not answered: it is an automatic reply",
                        "not answered: it is a return");
        assertThat(site.lab().log()).doesNotContain("status=bounced", "status=deferred");
        assertThat(site.monitor().waiting()).isZero();
    }

    @Test
    void a_probe_for_another_address_is_not_returned() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        site.lab().submit(probe.sender(), SignedProbe.TARGET, probe.text());
        site.monitor().next();
        Files.writeString(
                site.settings().resolve("reflector.yaml"),
                PipeSite.configuration("smtp://127.0.0.1:" + site.lab().port(), "log")
                        .replace("address: webscout@", "address: other@"));
        site.lab().awaitEmptyQueue();
        site.lab().submit(probe.sender(), SignedProbe.TARGET, probe.text());
        site.lab().awaitEmptyQueue();

        assertThat(site.log().lines().toList().getLast()).contains("unwanted", "webscout@company.test");
        assertThat(site.monitor().waiting()).isZero();
    }

    private static String header(SmtpSink.Delivery delivery) {
        String text = delivery.text().replace("\r\n", "\n");
        return text.substring(0, text.indexOf("\n\n") + 1);
    }
}
