package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.relay.Transmission.Refused;

/** Small shell scripts stand in for sendmail. */
@DisabledOnOs(OS.WINDOWS)
class SendmailRelayTest {

    private static final String BIG = "0123456789abcdef\r\n".repeat(100_000);

    @TempDir
    Path directory;

    @Test
    void arguments_environment_and_content_reach_the_program() throws IOException {
        String script = "cd " + directory + "; printf '%s\\n' \"$@\" > arguments; env > environment; cat > content";
        assertThat(send(script, Mails.mail("Subject: a\r\n\r\n.\r\nb\r\n")))
                .isEqualTo(new Accepted("sendmail: accepted"));
        assertThat(read("arguments")).isEqualTo("-i\n-f\nprobe@monitor.test\n--\nwebscout@company.test\n");
        assertThat(read("content")).isEqualTo("Subject: a\n\n.\nb\n");
        assertThat(read("environment").lines().map(line -> line.substring(0, line.indexOf('='))))
                .contains("PATH")
                .isSubsetOf("PATH", "HOME", "LANG", "TZ", "PWD", "OLDPWD", "SHLVL", "_");
    }

    @Test
    void the_null_sender_is_an_argument_of_its_own() throws IOException {
        String script = "printf '%s\\n' \"$@\" > " + directory.resolve("arguments") + "; cat > /dev/null";
        Envelope envelope = Envelope.to(null, Mails.WEBSCOUT);
        assertThat(send(script, new OutgoingMail(envelope, new byte[0]))).isInstanceOf(Accepted.class);
        assertThat(read("arguments")).isEqualTo("-i\n-f\n<>\n--\nwebscout@company.test\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 67, 68})
    void a_status_that_speaks_of_the_mail_refuses_it(int status) throws IOException {
        assertThat(send("cat > /dev/null; echo; echo 'no such user' >&2; echo more; exit " + status, Mails.hello()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.text())
                                .endsWith("sendmail: ended with status " + status + ": no such user"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 69, 70, 71, 75, 77, 78, 127})
    void every_other_status_defers(int status) throws IOException {
        assertThat(send("cat > /dev/null; exit " + status, Mails.hello()))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.text()).endsWith("sendmail: ended with status " + status));
    }

    @Test
    void a_program_that_hangs_is_ended_with_all_that_it_started() throws IOException {
        SendmailSettings settings = new SendmailSettings(program("sleep 1000 & sleep 1000"), Duration.ofMillis(200));
        try (Relay relay = settings.open()) {
            assertThat(relay.send(Mails.mail(BIG)))
                    .isInstanceOfSatisfying(
                            Deferred.class,
                            deferred -> assertThat(deferred.text()).contains("not done within 200 ms"));
        }
    }

    @Test
    void a_program_that_floods_its_output_ends_and_only_the_beginning_is_kept() throws IOException {
        Transmission result = send("head -c 5000000 /dev/zero | tr '\\0' x; cat > /dev/null; exit 75", Mails.mail(BIG));
        assertThat(result).isInstanceOf(Deferred.class);
        assertThat(result.text()).hasSizeLessThanOrEqualTo(500).contains("status 75: xxxx");
    }

    @Test
    void a_program_that_reads_nothing_has_not_accepted_the_message() throws IOException {
        assertThat(send("exit 0", Mails.mail(BIG)))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.text()).endsWith("without reading the whole message"));
    }

    @Test
    void a_program_that_is_missing_or_may_not_be_run_defers() throws IOException {
        Path notExecutable = Files.writeString(directory.resolve("plain"), "text");
        Path noInterpreter = Files.writeString(directory.resolve("garbage"), "#!/nowhere/at/all\n");
        Files.setPosixFilePermissions(noInterpreter, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path program : new Path[] {directory.resolve("missing"), notExecutable, noInterpreter, directory}) {
            try (Relay relay = new SendmailSettings(program).open()) {
                assertThat(relay.send(Mails.hello())).isInstanceOf(Deferred.class);
            }
        }
    }

    /** There is no such address, so the program's argument list cannot get one; the "--" in front of them is the second guard. */
    @Test
    void an_address_never_becomes_an_option() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress("-bs", "company.test"));
    }

    private Transmission send(String script, OutgoingMail mail) throws IOException {
        try (Relay relay = new SendmailSettings(program(script)).open()) {
            assertThat(relay.describe()).isEqualTo("sendmail:" + directory.resolve("sendmail"));
            return relay.send(mail);
        }
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("sendmail"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
