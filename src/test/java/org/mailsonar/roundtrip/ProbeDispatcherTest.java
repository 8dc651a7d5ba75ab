package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.message.MailMessage;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.probe.TokenFinder;
import org.mailsonar.probe.Verification;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Transmission;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;

class ProbeDispatcherTest {

    @TempDir
    private Path directory;

    private RoundTripLab lab;

    @BeforeEach
    void open() {
        lab = new RoundTripLab(directory);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_probe_is_in_the_ledger_of_every_process_before_it_leaves() {
        List<ProbeRecord> seen = new ArrayList<>();
        lab.host = mail -> {
            try (Ledger other = Stores.open(RoundTripLab.url(directory))) {
                seen.addAll(other.newestByTarget().values());
            }
            return new Transmission.Accepted("250 ok");
        };
        ProbeId id = lab.send();
        assertThat(seen).singleElement().satisfies(probe -> {
            assertThat(probe.id()).isEqualTo(id);
            assertThat(probe.target()).isEqualTo("company");
            assertThat(probe.address()).isEqualTo(TestProbes.TARGET);
            assertThat(probe.vantage()).isEqualTo("sydney");
            assertThat(probe.timeout()).isEqualTo(Duration.ofMinutes(10));
            assertThat(probe.outcome()).isEqualTo(new Outcome.InFlight());
            assertThat(probe.submission()).isNull();
        });
    }

    @Test
    void what_leaves_is_an_authentic_probe_to_the_target_with_an_envelope_sender_of_its_own() {
        ProbeId id = lab.send();
        OutgoingMail mail = lab.sent.getFirst();
        assertThat(mail.envelope().sender()).hasToString("probe+" + id + "@monitor.test");
        assertThat(mail.envelope().recipients()).containsExactly(TestProbes.TARGET);
        Verification found = TokenFinder.find(
                MailMessage.of(mail.content()),
                TestProbes.verifier(),
                lab.clock.now().wall());
        assertThat(found).isInstanceOfSatisfying(Verification.Valid.class, valid -> {
            assertThat(valid.token().id()).isEqualTo(id);
            assertThat(valid.token().returnTo()).isEqualTo(TestProbes.RETURN);
            assertThat(valid.token().expires()).isEqualTo(TestProbes.SENT.plus(Duration.ofDays(1)));
        });
    }

    @Test
    void the_submission_hosts_reply_is_kept_as_evidence() {
        ProbeRecord probe = lab.probe(lab.send());
        assertThat(probe.submission()).isEqualTo("250 2.0.0 queued as 4711");
        assertThat(probe.outcome()).isEqualTo(new Outcome.InFlight());
        assertThat(lab.ended).isEmpty();
    }

    @Test
    void a_refused_probe_says_why_and_is_told() {
        lab.host = mail -> new Transmission.Refused("550 5.1.1 nobody here");
        ProbeId id = lab.send();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Refused("550 5.1.1 nobody here"));
        assertThat(lab.ended).containsExactly(lab.probe(id));
    }

    @Test
    void a_probe_that_was_not_taken_for_now_is_deferred_and_told() {
        lab.host = mail -> new Transmission.Deferred("450 4.7.1 greylisted");
        ProbeId id = lab.send();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Deferred("450 4.7.1 greylisted"));
        assertThat(lab.ended).containsExactly(lab.probe(id));
    }

    @Test
    void a_probe_that_nobody_answered_for_could_not_be_sent() {
        lab.host = mail -> Transmission.Deferred.unanswered("connection refused by 127.0.0.1:25");
        ProbeId id = lab.send();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.SendFailed("connection refused by 127.0.0.1:25"));
        assertThat(lab.ended).hasSize(1);
    }

    @Test
    void a_probe_that_came_back_while_its_host_seemed_to_fail_has_come_back() {
        lab.host = mail -> {
            lab.clock.pass(Duration.ofMillis(41));
            ProbeId id = lab.ledger.newestByTarget().values().iterator().next().id();
            assertThat(lab.receive(lab.returnOfLast(id)).name()).isEqualTo("accepted");
            return Transmission.Deferred.unanswered("connection lost behind the final dot");
        };
        ProbeId id = lab.send();
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Returned.class);
        assertThat(lab.ended).hasSize(1);
    }

    @Test
    void where_the_ledger_cannot_be_written_nothing_leaves() {
        Store closed = Stores.openStore(RoundTripLab.url(directory), null);
        closed.close();
        assertThatThrownBy(() -> lab.dispatcher(closed.ledger()).send(RoundTripLab.TARGET))
                .isInstanceOf(LedgerException.class)
                .hasMessageNotContaining("\n");
        assertThat(lab.sent).isEmpty();
        assertThat(lab.ledger.newestByTarget()).isEmpty();
    }

    @Test
    void a_probe_has_the_size_that_its_target_asks_for() {
        Target large = new Target(
                "large",
                TestProbes.TARGET,
                Duration.ofMinutes(20),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                300_000);
        lab.dispatcher().send(large);
        assertThat(lab.sent.getFirst().content()).hasSizeBetween(300_000, 300_100);
    }

    @Test
    void every_probe_has_a_name_of_its_own() {
        assertThat(lab.send()).isNotEqualTo(lab.send());
    }
}
