package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.lab.DovecotLab;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.testing.TestCertificates;

/** Checks of a real Dovecot: IMAP, POP3 and LMTP. */
@NeedsDovecot
class DovecotCheckIT {

    private static final String PASSWORD = "hunter2 \"and\\ more";

    @TempDir
    static Path directory;

    static Path caFile;
    static DovecotLab dovecot;

    @BeforeAll
    static void start() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "ca");
        caFile = authority.caFile();
        dovecot = DovecotLab.start(
                authority.serverFile("server", "ip:127.0.0.1"),
                Map.of("webscout", PASSWORD),
                "http://127.0.0.1:9/",
                "ssl_min_protocol = TLSv1.2");
        dovecot.deliver("a@example.test", "webscout", "Subject: one\n\n1\n");
        dovecot.deliver("a@example.test", "webscout", "Subject: two\n\n2\n");
    }

    @AfterAll
    static void stop() {
        dovecot.close();
    }

    @ParameterizedTest
    @CsvSource({"IMAP, REQUIRED", "IMAP, NONE", "IMAPS, IMPLICIT", "POP3, REQUIRED", "POP3, NONE", "POP3S, IMPLICIT"})
    void the_right_password_counts_the_messages(Service service, Security security) {
        CheckResult result = checks(service)
                .with(security)
                .trusting(caFile)
                .as("webscout", PASSWORD)
                .run();

        assertThat(result.state()).as(result.toString()).isEqualTo(State.GOOD);
        assertThat(result.measures()).contains(Measure.of("messages", 2, ""));
        assertThat(result.transcript()).doesNotContain("hunter2");
        assertThat(result.tls() != null).isEqualTo(security != Security.NONE);
    }

    @ParameterizedTest
    @CsvSource({"IMAP, REQUIRED", "IMAPS, IMPLICIT", "POP3, REQUIRED", "POP3S, IMPLICIT"})
    void a_wrong_password_is_refused_once(Service service, Security security) {
        CheckResult result = checks(service)
                .with(security)
                .trusting(caFile)
                .as("webscout", "wrong")
                .run();

        assertThat(result.state()).as(result.toString()).isEqualTo(State.FAILING);
        assertThat(result.trouble()).isEqualTo(new Trouble(Stage.LOGIN, Kind.REJECTED));
        assertThat(result.toString()).doesNotContain("wrong");
    }

    @Test
    void without_its_authority_the_certificate_is_not_accepted() {
        CheckResult tried = checks(Service.IMAP).run();
        CheckResult demanded = checks(Service.IMAPS).run();

        assertThat(tried.state()).isEqualTo(State.WARNING);
        assertThat(demanded.state()).isEqualTo(State.FAILING);
        assertThat(demanded.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.CERTIFICATE));
        assertThat(demanded.reason()).contains("caFile=FILE");
        assertThat(Objects.requireNonNull(demanded.tls()).issuer()).isEqualTo("CN=ca");
    }

    @Test
    void lmtp_takes_one_recipient_and_not_another() {
        assertThat(checks("lmtp", Service.LMTP, "to=webscout@company.test")
                        .trusting(caFile)
                        .run()
                        .state())
                .isEqualTo(State.GOOD);
        assertThat(checks("lmtp", Service.LMTP, "expect=Dovecot")
                        .trusting(caFile)
                        .run()
                        .state())
                .isEqualTo(State.GOOD);
        assertThat(checks("lmtp", Service.LMTP, "expect=Cyrus").run().trouble())
                .isEqualTo(new Trouble(Stage.GREETING, Kind.IMPOSTOR));
        assertThat(dovecot.inbox("webscout")).as("nothing is delivered").hasSize(2);
    }

    private static Checks checks(Service service) {
        return checks(service.name().toLowerCase(Locale.ROOT), service);
    }

    private static Checks checks(String scheme, Service service, String... options) {
        return Checks.of(scheme, dovecot.port(service), options);
    }
}
