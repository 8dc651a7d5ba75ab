package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.lab.EximLab;
import org.mailsonar.lab.NeedsExim;

/** Checks of a real Exim. */
@NeedsExim
class EximCheckIT {

    @Test
    void a_server_with_encryption_logins_and_recipients_that_it_does_not_know() throws Exception {
        try (EximLab exim = EximLab.inNewDirectory()
                .domain("company.test")
                .user("webscout")
                .encrypting()
                .option("acl_smtp_rcpt", "recipients")
                .part("""
                        begin acl
                        recipients:
                          defer local_parts = grey
                            message = come again
                          accept domains = company.test
                          deny message = not here
                        """)
                .part("""
                        begin authenticators
                        plain:
                          driver = plaintext
                          public_name = PLAIN
                          server_prompts = :
                          server_condition = ${if and{{eq{$auth2}{webscout}}{eq{$auth3}{s3cret}}}}
                          server_advertise_condition = ${if def:tls_in_cipher}
                        """)
                .start()) {
            Checks checks =
                    Checks.of("smtp", exim.port(), "to=webscout@company.test").with(Security.REQUIRED);
            CheckResult right =
                    checks.trusting(exim.certificate()).as("webscout", "s3cret").run();

            assertThat(right.state()).as(right + exim.log()).isEqualTo(State.GOOD);
            assertThat(right.tls()).isNotNull();
            assertThat(checks.run().trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.CERTIFICATE));
            assertThat(checks.trusting(exim.certificate())
                            .as("webscout", "wrong")
                            .run()
                            .trouble())
                    .isEqualTo(new Trouble(Stage.LOGIN, Kind.REJECTED));
            assertThat(Checks.of("smtp", exim.port(), "to=a@elsewhere.test")
                            .trusting(exim.certificate())
                            .run()
                            .trouble())
                    .isEqualTo(new Trouble(Stage.COMMAND, Kind.REJECTED));
            CheckResult grey = Checks.of("smtp", exim.port(), "to=grey@company.test")
                    .trusting(exim.certificate())
                    .run();
            assertThat(grey.state()).isEqualTo(State.WARNING);
            assertThat(grey.trouble()).isEqualTo(new Trouble(Stage.COMMAND, Kind.DEFERRED));
        }
    }
}
