package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.config.CheckLooks;
import org.mailsonar.config.DialoguesReader;
import org.mailsonar.lab.DovecotLab;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.testing.FreePorts;
import org.mailsonar.testing.TestCertificates;

/** The shipped dialogue of a protocol that Mailsonar does not know itself, against Dovecot's ManageSieve. */
@NeedsDovecot
class ManageSieveIT {

    @TempDir
    private Path directory;

    @Test
    void a_sites_own_dialogue_is_held_with_a_real_server() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "lab");
        Path serverFile = authority.serverFile("server", "dns:localhost,ip:127.0.0.1");
        authority.caFile();
        for (String[] secret : new String[][] {{"good", "sesame"}, {"wrong", "other"}}) {
            Path file = Files.writeString(directory.resolve(secret[0]), secret[1]);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        int port = FreePorts.next();
        CheckLooks looks = new CheckLooks(directory, DialoguesReader.read(Path.of("conf/dialogues.yaml")));
        String place = "sieve://127.0.0.1:" + port + "?caFile=lab.pem&warnDays=0&failDays=0&starttls=require";
        try (DovecotLab lab = DovecotLab.start(
                serverFile,
                Map.of("ada", "sesame"),
                "http://127.0.0.1:9/",
                "protocols = imap pop3 lmtp sieve",
                "service managesieve-login {",
                "  inet_listener sieve {",
                "    port = " + port,
                "  }",
                "}")) {
            CheckResult good = looks.at(place + "&user=ada&passwordFile=good");
            CheckResult wrong = looks.at(place + "&user=ada&passwordFile=wrong");

            assertThat(good.state()).as(good + lab.log()).isEqualTo(State.GOOD);
            assertThat(good.tls()).isNotNull();
            assertThat(good.steps())
                    .extracting(CheckResult.Step::name)
                    .contains("greeting", "STARTTLS", "capabilities", "login", "LOGOUT");
            assertThat(wrong.trouble()).as(wrong + "").isEqualTo(new Trouble(Stage.LOGIN, Kind.REJECTED));
        }
    }
}
