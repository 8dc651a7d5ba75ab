package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.config.CheckLooks;
import org.mailsonar.lab.FtpLab;
import org.mailsonar.lab.NeedsFtp;
import org.mailsonar.lab.NeedsNews;
import org.mailsonar.lab.NewsLab;
import org.mailsonar.testing.TestCertificates;

/** Against vsftpd and INN. */
@NeedsFtp
@NeedsNews
class FtpAndNewsIT {

    private static final String PASSWORD = "hunter2hunter2";

    @TempDir
    private static Path directory;

    private static Path certificate;
    private static Path key;
    private static Path serverFile;
    private static CheckLooks looks;

    @BeforeAll
    static void prepare() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "lab");
        certificate = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        authority.writePem("server", "dns:localhost,ip:127.0.0.1", certificate, key);
        serverFile = authority.serverFile("both", "dns:localhost,ip:127.0.0.1");
        authority.caFile();
        for (String[] secret : new String[][] {{"good", PASSWORD}, {"wrong", "no"}}) {
            Path file = Files.writeString(directory.resolve(secret[0]), secret[1] + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        looks = new CheckLooks(directory);
    }

    @Test
    void a_reader_logs_in_by_ftp_over_tls_and_a_wrong_password_is_refused() throws Exception {
        try (FtpLab lab = FtpLab.start(serverFile, PASSWORD)) {
            requireLogins("ftp://127.0.0.1:" + lab.port());
        }
    }

    @Test
    void a_reader_logs_in_by_nntp_over_tls_and_a_wrong_password_is_refused() throws Exception {
        try (NewsLab lab = NewsLab.start(certificate, key, PASSWORD)) {
            requireLogins("nntp://127.0.0.1:" + lab.port());
        }
    }

    private static void requireLogins(String place) throws Exception {
        CheckResult greeting = looks.at(place + "?starttls=off");
        CheckResult good = looks.at(
                place + "?caFile=lab.pem&failDays=0&warnDays=0&starttls=require&user=reader&passwordFile=good");
        CheckResult wrong = looks.at(place + "?caFile=lab.pem&failDays=0&warnDays=0&user=reader&passwordFile=wrong");

        assertThat(greeting.state()).as(greeting + "").isEqualTo(State.GOOD);
        assertThat(greeting.tls()).isNull();
        assertThat(good.state()).as(good + "").isEqualTo(State.GOOD);
        assertThat(good.tls()).isNotNull();
        assertThat(good.toString()).doesNotContain(PASSWORD);
        assertThat(wrong.state()).as(wrong + "").isEqualTo(State.FAILING);
        assertThat(wrong.trouble()).isEqualTo(new Trouble(Stage.LOGIN, Kind.REJECTED));
    }
}
