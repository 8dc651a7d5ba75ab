package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.CheckResult.Step;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.lab.DovecotLab;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.testing.FreePorts;
import org.mailsonar.testing.TestCertificates;

/** Checks of a real Postfix, which asks a real Dovecot about passwords. */
@NeedsPostfix
@NeedsDovecot
class PostfixCheckIT {

    @TempDir
    static Path directory;

    static Path caFile;
    static DovecotLab dovecot;
    static PostfixLab postfix;

    @BeforeAll
    static void start() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "ca");
        caFile = authority.caFile();
        Path server = authority.serverFile("server", "ip:127.0.0.1");
        int authPort = FreePorts.next();
        dovecot = DovecotLab.start(
                server,
                Map.of("webscout", "s3cret"),
                "http://127.0.0.1:9/",
                "service auth {\n  inet_listener {\n    address = 127.0.0.1\n    port = " + authPort + "\n  }\n}");
        postfix = PostfixLab.inNewDirectory()
                .domain("company.test")
                .user("webscout")
                .parameter("smtpd_tls_security_level", "may")
                .parameter("smtpd_tls_chain_files", server.toString())
                .parameter("smtpd_sasl_auth_enable", "yes")
                .parameter("smtpd_sasl_type", "dovecot")
                .parameter("smtpd_sasl_path", "inet:127.0.0.1:" + authPort)
                .parameter("smtpd_tls_auth_only", "yes")
                .parameter("smtpd_recipient_restrictions", "reject_unauth_destination")
                .start();
    }

    @AfterAll
    static void stop() {
        postfix.close();
        dovecot.close();
    }

    @Test
    void a_transaction_is_begun_over_an_encrypted_connection() {
        CheckResult result = checks("smtp", "to=webscout@company.test", "expect=mail.company.test")
                .with(Security.REQUIRED)
                .trusting(caFile)
                .run();

        assertThat(result.state()).as(result.toString()).isEqualTo(State.GOOD);
        assertThat(result.reason()).startsWith("220 mail.company.test ESMTP Postfix; TLSv1.3, certificate until ");
        assertThat(result.steps())
                .extracting(Step::name)
                .containsExactly(
                        "look-up",
                        "connect",
                        "greeting",
                        "EHLO",
                        "STARTTLS",
                        "TLS",
                        "EHLO",
                        "MAIL FROM",
                        "RCPT TO",
                        "RSET",
                        "QUIT");
    }

    @Test
    void without_its_authority_the_certificate_is_a_warning_or_a_failure() {
        CheckResult tried = checks("smtp").run();
        CheckResult demanded = checks("smtp").with(Security.REQUIRED).run();

        assertThat(tried.state()).isEqualTo(State.WARNING);
        assertThat(demanded.state()).isEqualTo(State.FAILING);
        assertThat(demanded.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.CERTIFICATE));
    }

    @Test
    void a_recipient_that_is_none_is_rejected() {
        for (String to : new String[] {"to=nobody-here@company.test", "to=someone@elsewhere.test"}) {
            CheckResult result = checks("smtp", to).trusting(caFile).run();

            assertThat(result.state()).as(result.toString()).isEqualTo(State.FAILING);
            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.COMMAND, Kind.REJECTED));
        }
    }

    @Test
    void the_right_password_logs_in_and_a_wrong_one_does_not() {
        Checks checks = checks("submission").trusting(caFile);
        CheckResult right = checks.as("webscout", "s3cret").run();
        CheckResult wrong = checks.as("webscout", "wr0ng").run();

        assertThat(right.state()).as(right.toString()).isEqualTo(State.GOOD);
        assertThat(wrong.trouble()).as(wrong.toString()).isEqualTo(new Trouble(Stage.LOGIN, Kind.REJECTED));
        assertThat(wrong.toString()).doesNotContain("wr0ng");
        assertThat(checks.with(Security.NONE).as("webscout", "s3cret").run().trouble())
                .as("offered over encrypted connections only")
                .isEqualTo(new Trouble(Stage.LOGIN, Kind.NOT_OFFERED));
    }

    @Test
    void nothing_is_delivered_or_left_in_the_queue() throws IOException {
        checks("smtp", "to=webscout@company.test").trusting(caFile).run();

        assertThat(postfix.mailbox("webscout")).isEmpty();
    }

    private static Checks checks(String scheme, String... options) {
        return Checks.of(scheme, postfix.port(), options);
    }
}
