package org.mailsonar.roundtrip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.intake.Disposition;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.probe.ReturnSigner;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.probe.TestProbes;

/** Returns of targets whose reflector signs them. */
class SignedReturnTest {

    private static final Duration TRIP = Duration.ofMillis(41);

    @TempDir
    private Path directory;

    private RoundTripLab lab;

    @BeforeEach
    void open() {
        lab = new RoundTripLab(directory);
        lab.targets = List.of(signing("company", TestProbes.TARGET));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_signed_return_counts() {
        ProbeId id = lab.send();
        lab.clock.pass(TRIP);
        assertThat(lab.receive(signed(id, "reflector")).name()).isEqualTo("accepted");
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Returned.class);
        assertThat(lab.ledger.counters()).isEmpty();
    }

    @Test
    void a_return_without_a_signature_is_refused_counted_and_changes_nothing() {
        ProbeId id = lab.send();
        assertRefused(id, lab.returnOfLast(id), "unsigned_return", "is not signed");
    }

    @Test
    void a_stamped_subject_is_no_proof() {
        ProbeId id = lab.send();
        String stamped = lab.lastSent().replace("probe " + id, "probe " + id + " [received 2026-11-21T01:02:03.456Z]");
        assertRefused(id, stamped, "unsigned_return", "is not signed");
    }

    @Test
    void a_return_signed_with_another_key_is_refused() {
        ProbeId id = lab.send();
        assertRefused(id, signed(id, "stranger"), "forged_return", "has a wrong signature");
        assertThat(lab.ledger.counters()).isEqualTo(Map.of(ReturnDesk.UNPROVEN, 1L));
    }

    @Test
    void a_signed_mark_of_another_probe_proves_nothing() {
        ProbeId one = lab.send();
        String ofOne = signed(one, "reflector");
        String markOfOne = ofOne.substring(0, ofOne.length() - lab.lastSent().length());
        ProbeId other = lab.send();
        assertRefused(other, markOfOne + lab.lastSent(), "forged_return", "has a wrong signature");
    }

    @Test
    void after_a_forged_return_the_true_one_is_timed_by_itself() {
        ProbeId id = lab.send();
        lab.clock.pass(Duration.ofMillis(1));
        lab.receive(lab.returnOfLast(id));
        lab.clock.pass(TRIP);
        lab.receive(signed(id, "reflector"));
        assertThat(lab.outcome(id))
                .isInstanceOfSatisfying(
                        Outcome.Returned.class,
                        returned -> assertThat(returned.roundTrip().time()).isEqualTo(TRIP.plusMillis(1)));
    }

    @Test
    void a_target_that_got_another_name_keeps_its_key() {
        ProbeId id = lab.send();
        lab.targets = List.of(
                signing("elsewhere", EmailAddress.parse("elsewhere@company.test")),
                signing("renamed", TestProbes.TARGET));
        assertRefused(id, lab.returnOfLast(id), "unsigned_return", "is not signed");
    }

    @Test
    void a_target_beside_it_that_signs_changes_nothing_for_one_that_does_not() {
        ProbeId id = lab.send();
        lab.targets = List.of(signing("other", EmailAddress.parse("other@company.test")), RoundTripLab.TARGET);
        assertThat(lab.receive(lab.returnOfLast(id)).name()).isEqualTo("accepted");
    }

    @Test
    void a_return_of_an_unknown_probe_stays_what_it_was() {
        ReturnMark mark = new ReturnMark(TestProbes.ID, TestProbes.ARRIVAL, "mx1.company.test", "0.1");
        String unknown = ReturnMark.HEADER + ": " + mark.value() + "\r\n" + new String(TestProbes.probe(), ISO_8859_1);
        assertThat(lab.receive(unknown).name()).isEqualTo("discarded");
        assertThat(lab.ledger.counters()).isEqualTo(Map.of(ReturnDesk.UNKNOWN, 1L));
    }

    private void assertRefused(ProbeId id, String message, String reason, String says) {
        Disposition disposition = lab.receive(message);
        assertThat(disposition)
                .isEqualTo(new Disposition.Unwanted(
                        "probe " + id + ": this return " + says
                                + "; the target's reflector signs its returns (returnKey)",
                        new Disposition.Detail(reason, id.text())));
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
        assertThat(lab.ended).isEmpty();
        assertThat(lab.ledger.counters()).isEqualTo(Map.of(ReturnDesk.UNPROVEN, 1L));
    }

    private String signed(ProbeId id, String keyName) {
        ReturnMark mark = new ReturnMark(id, lab.clock.now().wall(), "mx1.company.test", "0.1");
        return "Mailsonar-Return-Signature: "
                + new ReturnSigner(TestKeys.pair(keyName).getPrivate()).sign(mark) + "\r\n" + lab.returnOfLast(id);
    }

    private static Target signing(String name, EmailAddress address) {
        Target plain = RoundTripLab.TARGET;
        return new Target(
                name,
                address,
                plain.every(),
                plain.slowAfter(),
                plain.timeout(),
                plain.size(),
                TestKeys.trusted("reflector"));
    }
}
