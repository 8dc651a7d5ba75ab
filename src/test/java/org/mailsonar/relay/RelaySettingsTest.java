package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelaySettingsTest {

    @ParameterizedTest
    @CsvSource({
        "smtp://127.0.0.1, smtp://127.0.0.1:25, NONE",
        "smtp://localhost:2525/, smtp://localhost:2525, NONE",
        "smtp://[::1]:26, smtp://[::1]:26, NONE",
        "SMTP://mail.company.test, smtp://mail.company.test:25, STARTTLS_IF_OFFERED",
        "smtp://127.company.test, smtp://127.company.test:25, STARTTLS_IF_OFFERED",
        "smtp://127.0.0.1?starttls=auto, smtp://127.0.0.1:25, STARTTLS_IF_OFFERED",
        "smtp://mail.company.test:587?starttls=require, smtp://mail.company.test:587, STARTTLS_REQUIRED",
        "smtp://mail.company.test?starttls=off, smtp://mail.company.test:25, NONE",
        "smtps://mail.company.test, smtps://mail.company.test:465, IMPLICIT"
    })
    void a_url_names_server_and_security(String url, String described, TransportSecurity security) {
        SmtpSettings settings = smtp(url, null);
        assertThat(settings.describe()).isEqualTo(described);
        assertThat(settings.security()).isEqualTo(security);
    }

    @Test
    void the_query_holds_the_options() {
        SmtpSettings settings = smtp(
                "smtps://mail.company.test?user=probe%2B+x@company.test&caFile=/etc/ca%20s.pem&helo=monitor.test"
                        + "&connectTimeout=500ms&replyTimeout=5s&dataTimeout=3m&keep=1h&connections=7&idle=2",
                "secret");
        assertThat(settings.login()).isEqualTo(new SmtpLogin("probe++x@company.test", "secret"));
        assertThat(settings.caFile()).isEqualTo(Path.of("/etc/ca s.pem"));
        assertThat(settings.heloName()).isEqualTo("monitor.test");
        assertThat(settings.limits())
                .isEqualTo(new SmtpLimits(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(3),
                        7,
                        2,
                        Duration.ofHours(1)));
        assertThat(settings.limits().keepingNone().idle()).isZero();
    }

    @Test
    void a_password_is_in_no_text() {
        SmtpSettings settings = smtp("smtps://mail.company.test?user=probe", "secret");
        assertThat(settings.toString()).contains("probe").doesNotContain("secret");
        assertThat(settings.describe()).isEqualTo("smtps://mail.company.test:465");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smtp://probe:secret@mail.company.test",
                "smtp://probe:sec/ret@mail.company.test",
                "smtp://probe:sec ret@mail.company.test",
                "smtp://mail.company.test?password=secret",
                "smtp://probe@mail.company.test"
            })
    void a_url_with_a_password_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> RelaySettings.parse(url, null))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(Objects.requireNonNull(e.getMessage()))
                        .doesNotContain("sec", "ret@", "\n")
                        .matches(".*(passwordFile|write smtp://host:port).*"));
    }

    @ParameterizedTest
    @CsvSource({
        "mail.company.test, write smtp://host:port",
        "lmtp://localhost, write smtp://host:port",
        "smtp://, write smtp://host:port",
        "smtp:localhost, write smtp://host:port",
        "smtp://localhost/inbox, write smtp://host:port",
        "smtp://localhost#x, write smtp://host:port",
        "smtp://localhost:99999, 1 to 65535",
        "smtp://localhost?starttls=yes, 'starttls is off, auto or require'",
        "smtps://localhost?starttls=require, remove starttls",
        "smtp://localhost?user=probe, add passwordFile",
        "smtp://localhost?tls=yes, there is no option 'tls'",
        "smtp://localhost?idle=1&idle=2, given twice",
        "smtp://localhost?idle, name=value",
        "smtp://localhost?idle=many, idle is a number",
        "smtp://localhost?idle=-1, idle at least 0",
        "smtp://localhost?keep=30, 'such as 500ms, 30s, 2m or 1h'",
        "smtp://localhost?keep=999999999h, at most 24h",
        "smtp://localhost?keep=0s, at least 1ms",
        "smtp://localhost?helo=a%0D%0AMAIL, helo is a host name",
        "smtp://localhost?caFile=%00, cannot be used",
        "sendmail:sendmail, absolute path",
        "sendmail:, absolute path",
        "pickup:Pickup, absolute path",
        "pickup:, absolute path"
    })
    void what_cannot_be_used_is_refused_on_one_line_with_the_remedy(String url, String remedy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelaySettings.parse(url, null))
                .withMessageContaining(remedy)
                .withMessageNotContaining("\n");
    }

    @Test
    void a_password_without_a_user_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelaySettings.parse("smtp://localhost", "secret"))
                .withMessageContaining("add ?user=name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelaySettings.parse("sendmail:/usr/sbin/sendmail", "secret"))
                .withMessageContaining("remove passwordFile");
    }

    @Test
    void sendmail_is_followed_by_a_path() {
        assertThat(RelaySettings.parse("sendmail:/usr/sbin/sendmail", null))
                .isEqualTo(new SendmailSettings(Path.of("/usr/sbin/sendmail")));
    }

    @Test
    void pickup_is_followed_by_a_path() {
        RelaySettings settings = RelaySettings.parse("pickup:/srv/mail/Pickup", null);
        assertThat(settings).isEqualTo(new PickupSettings(Path.of("/srv/mail/Pickup")));
        assertThat(settings.describe()).isEqualTo("pickup:/srv/mail/Pickup");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelaySettings.parse("pickup:/srv/mail/Pickup", "secret"))
                .withMessageContaining("remove passwordFile");
    }

    private static SmtpSettings smtp(String url, @Nullable String password) {
        return (SmtpSettings) RelaySettings.parse(url, password);
    }
}
