package org.mailsonar.reflect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.probe.Verification;
import org.mailsonar.relay.Transmission;

class ReflectorTest {

    private final RecordingRelay relay = new RecordingRelay();
    private final Reflector reflector = new Reflector(Site.settings(), relay);

    @Test
    void an_authentic_probe_is_returned_once_to_the_address_in_its_token() {
        Reflection reflection = reflector.reflect(Site.mail(Site.probe()));

        assertThat(reflection).isEqualTo(new Reflection.Returned(TestProbes.ID, TestProbes.RETURN, "250 queued as 1"));
        assertThat(reflection.disposition()).isInstanceOf(Disposition.Accepted.class);
        assertThat(relay.sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.envelope()).isEqualTo(Envelope.to(null, TestProbes.RETURN)));
    }

    @Test
    void from_and_reply_to_and_the_envelope_sender_lead_nowhere() {
        String probe = "Reply-To: victim@elsewhere.test\r\nReturn-Path: <victim@elsewhere.test>\r\n" + Site.probe();
        reflector.handle(Site.mail(probe, EmailAddress.parse("victim@elsewhere.test"), TestProbes.TARGET));

        assertThat(relay.sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.envelope()).isEqualTo(Envelope.to(null, TestProbes.RETURN)));
    }

    @Test
    void the_envelope_sender_of_returns_can_be_chosen() {
        ReflectorSettings plain = Site.settings();
        EmailAddress chosen = EmailAddress.parse("bounces@company.test");
        ReflectorSettings settings = new ReflectorSettings(
                plain.address(), plain.recipients(), plain.trust(), chosen, plain.clockSkew(), "mx1", "0.1");
        new Reflector(settings, relay).handle(Site.mail(Site.probe()));

        assertThat(relay.sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.envelope().sender()).isEqualTo(chosen));
    }

    @Test
    void a_strangers_mail_is_unwanted() {
        assertUnproven("Subject: hello\r\n\r\nhello\r\n", Verification.Missing.class);
    }

    @Test
    void an_empty_message_is_unwanted() {
        assertUnproven("", Verification.Missing.class);
    }

    @Test
    void a_token_of_another_key_is_unwanted() {
        TokenSigner stranger = TestProbes.signer("stranger");
        ProbeToken statement = stranger.state(
                TestProbes.ID, TestProbes.TARGET, TestProbes.RETURN, TestProbes.SENT, TestProbes.VALIDITY);

        assertUnproven("Mailsonar-Probe: " + stranger.sign(statement) + "\r\n\r\n", Verification.UnknownKey.class);
        assertUnproven(
                "Mailsonar-Probe: " + stranger.sign(TestProbes.statement()) + "\r\n\r\n", Verification.Forged.class);
    }

    @Test
    void a_token_of_another_address_is_unwanted() {
        ProbeToken elsewhere = TestProbes.statement(EmailAddress.parse("other@company.test"), TestProbes.RETURN);

        assertUnproven("Mailsonar-Probe: " + TestProbes.sign(elsewhere) + "\r\n\r\n", Verification.WrongAddress.class);
    }

    @Test
    void a_probed_address_with_an_extension_is_probed() {
        ProbeToken extended = TestProbes.statement(EmailAddress.parse("WebScout+x@company.test"), TestProbes.RETURN);

        assertThat(reflector.handle(Site.mail("Mailsonar-Probe: " + TestProbes.sign(extended) + "\r\n\r\n")))
                .isInstanceOf(Disposition.Accepted.class);
    }

    @Test
    void two_valid_tokens_are_unwanted() {
        ProbeToken other = TestProbes.statement(TestProbes.TARGET, EmailAddress.parse("other@monitor.test"));

        assertUnproven(
                "Mailsonar-Probe: " + TestProbes.sign(other) + "\r\n" + Site.probe(), Verification.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({"-2,true", "-3,false", "2,true", "4,false"})
    void the_clock_may_be_wrong_by_two_days_at_both_ends(int days, boolean returned) {
        Disposition disposition = reflector.handle(Site.later(Site.mail(Site.probe()), Duration.ofDays(days)));

        assertThat(disposition instanceof Disposition.Accepted).isEqualTo(returned);
        assertThat(disposition instanceof Disposition.Unwanted).isNotEqualTo(returned);
        assertThat(relay.sent()).hasSize(returned ? 1 : 0);
    }

    @Test
    void without_trust_nothing_is_returned() {
        ReflectorSettings plain = Site.settings();
        ReflectorSettings nobody = new ReflectorSettings(
                plain.address(), plain.recipients(), List.of(), null, plain.clockSkew(), "mx1", "0.1");

        assertThat(new Reflector(nobody, relay).handle(Site.mail(Site.probe())))
                .isInstanceOf(Disposition.Unwanted.class);
        assertThat(relay.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*@elsewhere.test", "other@monitor.test", "*@sub.monitor.test", "*@tor.test"})
    void a_key_without_the_right_to_the_return_address_gets_nothing(String pattern) {
        ReflectorSettings settings = pattern.isEmpty()
                ? Site.settings(List.of(TestProbes.TARGET))
                : Site.settings(List.of(TestProbes.TARGET), pattern);
        Reflection reflection = new Reflector(settings, relay).reflect(Site.mail(Site.probe()));

        assertThat(reflection).isEqualTo(new Reflection.Forbidden(TestProbes.ID, TestProbes.RETURN));
        assertThat(reflection.disposition()).isInstanceOf(Disposition.Unwanted.class);
        assertThat(relay.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "probe+01KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test,true",
        "any@MONITOR.test,true",
        "any@sub.monitor.test,false",
        "victim@elsewhere.test,false",
        ",false"
    })
    void a_return_refused_for_good_bounces_to_the_monitors_domain_alone(@Nullable String sender, boolean bounces) {
        relay.answer(new Transmission.Refused("550 5.1.1 no such user"));
        Disposition disposition = reflector.handle(refusedFrom(sender));

        assertThat(disposition)
                .isInstanceOf(bounces ? Disposition.Failed.class : Disposition.Discarded.class)
                .extracting(Disposition::text)
                .asString()
                .contains(TestProbes.ID.text(), "return@monitor.test", "550 5.1.1 no such user");
    }

    @Test
    void a_return_that_is_not_taken_now_keeps_the_probe_where_it_is() {
        relay.answer(new Transmission.Deferred("451 4.7.1 greylisted"));
        Disposition disposition = reflector.handle(Site.mail(Site.probe()));

        assertThat(disposition).isInstanceOf(Disposition.Deferred.class);
        assertThat(disposition.text()).contains("451 4.7.1 greylisted");
    }

    @Test
    void a_truncated_probe_fails_with_the_cause_and_is_not_returned() {
        Disposition disposition = reflector.handle(Site.truncated(Site.mail(Site.probe())));

        assertThat(disposition).isInstanceOf(Disposition.Failed.class);
        assertThat(disposition.text()).contains("messageSize");
        assertThat(relay.sent()).isEmpty();
    }

    @Test
    void truncated_mail_of_a_stranger_is_unwanted() {
        assertThat(reflector.handle(Site.truncated(Site.mail("Subject: x\r\n\r\n"))))
                .isInstanceOf(Disposition.Unwanted.class);
    }

    @Test
    void every_disposition_is_told_in_one_line() {
        for (String message : List.of(Site.probe(), "", "Auto-Submitted: x\r\n\r\n", "Mailsonar-Probe: a\r\n\r\n")) {
            assertThat(reflector.handle(Site.mail(message)).text()).isNotBlank().doesNotContain("\n", "\r");
        }
    }

    @Test
    void a_padded_probe_makes_a_small_return() {
        byte[] large = ProbeMail.compose(TestProbes.statement(), TestProbes.token(), TestProbes.MONITOR, 200_000);
        reflector.handle(Site.mail(new String(large, ISO_8859_1)));

        assertThat(relay.onlyContent()).hasSizeLessThan(5_000);
    }

    private static ReceivedMail refusedFrom(@Nullable String sender) {
        return Site.mail(Site.probe(), sender == null ? null : EmailAddress.parse(sender), TestProbes.TARGET);
    }

    private void assertUnproven(String message, Class<? extends Verification> why) {
        Reflection reflection = reflector.reflect(Site.mail(message));

        assertThat(reflection)
                .isInstanceOfSatisfying(
                        Reflection.Unproven.class,
                        unproven -> assertThat(unproven.verification()).isInstanceOf(why));
        assertThat(reflection.disposition()).isInstanceOf(Disposition.Unwanted.class);
        assertThat(relay.sent()).isEmpty();
    }
}
