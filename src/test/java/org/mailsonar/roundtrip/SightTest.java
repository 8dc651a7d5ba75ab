package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.relay.Transmission;

/** When a monitor cannot see, and what that makes of the probes that it misses. */
class SightTest {

    private static final Duration TIMEOUT = RoundTripLab.TARGET.timeout();

    @TempDir
    private Path directory;

    private RoundTripLab lab;

    @BeforeEach
    void open() {
        lab = new RoundTripLab(directory);
        lab.sight.tick();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void an_inbox_that_is_away_over_the_deadline_makes_a_probe_inconclusive_and_not_lost() {
        OverdueProbes overdue = overdue();
        ProbeId id = lab.send();
        lab.inboxTrouble = "imaps://mail.monitor.test cannot be reached";
        pass(TIMEOUT.plusSeconds(10));
        overdue.decide();
        assertThat(lab.outcome(id)).as("nothing is decided while it cannot see").isEqualTo(new Outcome.InFlight());
        assertThat(lab.sight.blind()).contains("returns cannot come in: imaps://mail.monitor.test cannot be reached");

        lab.inboxTrouble = null;
        pass(Duration.ofSeconds(29));
        overdue.decide();
        assertThat(lab.outcome(id)).as("what has waited comes in first").isEqualTo(new Outcome.InFlight());
        pass(Duration.ofSeconds(3));
        overdue.decide();
        assertThat(lab.outcome(id))
                .isEqualTo(new Outcome.Inconclusive(
                        "returns cannot come in: imaps://mail.monitor.test cannot be reached"));
        assertThat(lab.ended).hasSize(1);
    }

    @Test
    void a_return_that_waited_in_an_inbox_for_ten_minutes_keeps_its_true_outcome() {
        ProbeId id = lab.send();
        lab.inboxTrouble = "gone";
        pass(TIMEOUT.plusSeconds(10));
        overdue().decide();
        lab.inboxTrouble = null;
        pass(Duration.ofSeconds(1));
        lab.receive(lab.returnOfLast(id));
        overdue().decide();
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Late.class);
    }

    @Test
    void an_inbox_that_is_away_for_moments_excuses_nothing() {
        OverdueProbes overdue = overdue();
        ProbeId id = lab.send();
        lab.inboxTrouble = "restarting";
        pass(Duration.ofSeconds(4));
        lab.inboxTrouble = null;
        pass(TIMEOUT);
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Lost());
    }

    @Test
    void a_process_that_was_stopped_over_the_deadline_has_seen_nothing() {
        OverdueProbes overdue = overdue();
        ProbeId id = lab.send();
        lab.clock.pass(TIMEOUT.plusSeconds(1));
        lab.sight.tick();
        pass(Duration.ofSeconds(31));
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Inconclusive("the monitor did not run for 601 s"));
    }

    @Test
    void what_was_looked_at_while_the_process_was_stopped_proves_nothing() {
        pass(Duration.ofSeconds(3));
        Instant began = lab.clock.now().wall();
        assertThat(lab.sight.blindWithin(began, began)).isEmpty();
        lab.clock.pass(Duration.ofMinutes(1));
        Instant ended = lab.clock.now().wall();
        assertThat(lab.sight.blindWithin(began, ended))
                .as("before anybody noticed")
                .contains("the monitor did not run for 60 s");
        pass(Duration.ofSeconds(5));
        assertThat(lab.sight.blindWithin(began, ended)).contains("the monitor did not run for 61 s");
        Instant later = lab.clock.now().wall();
        assertThat(lab.sight.blindWithin(later, later)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void a_wall_clock_that_jumps_over_the_deadline_proves_nothing_and_bends_no_round_trip(int hours) {
        OverdueProbes overdue = overdue();
        ProbeId lost = lab.send();
        ProbeId back = lab.send();
        lab.clock.stepWall(Duration.ofHours(hours));
        assertThat(lab.sight.tick()).isTrue();
        assertThat(lab.sight.tick()).isFalse();
        pass(Duration.ofSeconds(3));
        lab.receive(lab.returnOfLast(back));
        assertThat(lab.outcome(back))
                .isInstanceOfSatisfying(
                        Outcome.Returned.class,
                        returned -> assertThat(returned.roundTrip().time()).isEqualTo(Duration.ofSeconds(3)));
        pass(TIMEOUT.plusSeconds(1));
        overdue.decide();
        String why = "the wall clock went forward by 3600 s, or the machine slept";
        assertThat(lab.outcome(lost)).isEqualTo(hours > 0 ? new Outcome.Inconclusive(why) : new Outcome.Lost());
    }

    @Test
    void a_clock_that_was_set_back_excuses_nothing_that_is_sent_afterwards() {
        OverdueProbes overdue = overdue();
        lab.clock.stepWall(Duration.ofHours(-1));
        lab.sight.tick();
        pass(Duration.ofMinutes(1));
        ProbeId id = lab.send();
        pass(TIMEOUT.plusSeconds(1));
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Lost());
    }

    @Test
    void a_blindness_in_which_the_clock_goes_back_can_be_written_down() {
        lab.inboxTrouble = "gone";
        pass(Duration.ofSeconds(10));
        lab.clock.stepWall(Duration.ofHours(-1));
        pass(Duration.ofSeconds(3));
        lab.sight.sign(TestProbes.SENT);
        assertThat(lab.store.attendance().signs()).singleElement().matches(sign -> sign.blind() != null);
    }

    @Test
    void a_straggler_does_not_hide_that_the_monitor_is_cut_off() {
        OverdueProbes overdue = overdue();
        Target self = lab.settings.self(
                new Timing(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(5)));
        lab.dispatcher().send(self);
        lab.receive(lab.lastSent());
        ProbeId straggler = lab.send();
        String late = lab.returnOfLast(straggler);
        lab.clock.pass(Duration.ofSeconds(1));
        lab.dispatcher().send(self);
        pass(Duration.ofSeconds(20));
        lab.receive(late);
        pass(Duration.ofSeconds(60));
        overdue.decide();
        lab.dispatcher().send(self);
        pass(Duration.ofSeconds(61));
        overdue.decide();
        lab.sight.tick();
        assertThat(lab.sight.blind()).isPresent();
    }

    @Test
    void a_submission_host_that_refuses_everything_says_nothing_about_targets() {
        lab.host = mail -> new Transmission.Refused("554 5.7.1 go away");
        send("a");
        send("b");
        assertThat(outcomeOf("b")).isEqualTo(new Outcome.Refused("554 5.7.1 go away"));
        send("c");
        assertThat(outcomeOf("c"))
                .isEqualTo(new Outcome.SendFailed("the submission host takes nothing: 554 5.7.1 go away"));
        lab.sight.tick();
        assertThat(lab.sight.blind()).contains("the submission host takes nothing: 554 5.7.1 go away");

        lab.host = mail -> new Transmission.Accepted("250 ok");
        send("d");
        lab.sight.tick();
        assertThat(lab.sight.blind()).isEmpty();
    }

    @Test
    void a_single_target_that_is_refused_again_and_again_is_the_targets_own_trouble() {
        lab.host = mail -> new Transmission.Refused("550 5.1.1 nobody here");
        for (int i = 0; i < 10; i++) {
            send("a");
        }
        assertThat(outcomeOf("a")).isEqualTo(new Outcome.Refused("550 5.1.1 nobody here"));
        lab.sight.tick();
        assertThat(lab.sight.blind()).isEmpty();
    }

    @Test
    void when_all_fail_and_its_own_probe_too_it_is_the_monitor_that_is_cut_off() {
        OverdueProbes overdue = overdue();
        Target self = lab.settings.self(
                new Timing(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(5)));
        ProbeId first = lab.dispatcher().send(self);
        pass(Duration.ofSeconds(1));
        assertThat(lab.receive(lab.lastSent()).name()).isEqualTo("accepted");
        assertThat(lab.outcome(first)).isInstanceOf(Outcome.Returned.class);

        ProbeId target = lab.send();
        lab.dispatcher().send(self);
        pass(Duration.ofSeconds(61));
        overdue.decide();
        lab.sight.tick();
        assertThat(lab.sight.blind())
                .contains("the monitor's probe to itself does not come back, and nobody else's does");
        pass(TIMEOUT);
        overdue.decide();
        assertThat(lab.outcome(target)).isEqualTo(new Outcome.InFlight());

        ProbeId again = lab.dispatcher().send(self);
        lab.receive(lab.lastSent());
        assertThat(lab.outcome(again)).isInstanceOf(Outcome.Returned.class);
        pass(Duration.ofSeconds(31));
        overdue.decide();
        assertThat(lab.outcome(target)).isInstanceOf(Outcome.Inconclusive.class);
    }

    @Test
    void its_own_probe_alone_is_no_reason_while_others_come_back() {
        OverdueProbes overdue = overdue();
        Target self = lab.settings.self(
                new Timing(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(5)));
        lab.dispatcher().send(self);
        lab.receive(lab.lastSent());
        lab.dispatcher().send(self);
        pass(Duration.ofSeconds(30));
        ProbeId target = lab.send();
        lab.receive(lab.returnOfLast(target));
        pass(Duration.ofSeconds(31));
        overdue.decide();
        lab.sight.tick();
        assertThat(lab.sight.blind()).isEmpty();
    }

    @Test
    void a_monitor_that_was_killed_leaves_probes_that_prove_nothing_to_those_that_go_on() {
        MonitorSettings dead = lab.settings.called("dead");
        Instant started = lab.clock.now().wall();
        new Sight(dead, lab.store.attendance(), lab.clock, java.util.Optional::empty).sign(started);
        ProbeRecord probe = ProbeRecord.leaving(
                TestProbes.ID,
                RoundTripLab.TARGET,
                "sydney",
                "dead",
                false,
                lab.clock.now().wall());
        lab.clock.pass(Duration.ofSeconds(1));
        lab.ledger.enter(probe);
        OverdueProbes overdue = overdue();
        Absences absences = new Absences(lab.settings, lab.store.attendance());

        pass(Duration.ofSeconds(30));
        absences.look(lab.clock.now().wall());
        assertThat(lab.store
                        .attendance()
                        .blindnesses("sydney", started, lab.clock.now().wall()))
                .isEmpty();
        pass(TIMEOUT.plusSeconds(1));
        absences.look(lab.clock.now().wall());
        overdue.decide();
        assertThat(lab.outcome(TestProbes.ID))
                .isEqualTo(new Outcome.Inconclusive("the monitor that sent it was not at work"));
    }

    @Test
    void probes_of_another_monitor_that_is_at_work_are_left_to_it() {
        MonitorSettings other = lab.settings.called("other");
        Sight beside = new Sight(other, lab.store.attendance(), lab.clock, java.util.Optional::empty);
        lab.ledger.enter(ProbeRecord.leaving(
                TestProbes.ID,
                RoundTripLab.TARGET,
                "sydney",
                "other",
                false,
                lab.clock.now().wall()));
        OverdueProbes overdue = overdue();
        pass(TIMEOUT.plusSeconds(1));
        beside.sign(TestProbes.SENT);
        overdue.decide();
        assertThat(lab.outcome(TestProbes.ID)).isEqualTo(new Outcome.InFlight());
    }

    private void send(String name) {
        lab.dispatcher()
                .send(new Target(
                        name,
                        TestProbes.TARGET,
                        Duration.ofMinutes(20),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        0));
        lab.clock.pass(Duration.ofSeconds(1));
    }

    private Outcome outcomeOf(String target) {
        return lab.ledger
                .newest(target, "sydney", Instant.parse("9999-01-01T00:00:00Z"), 1)
                .getFirst()
                .outcome();
    }

    /** Time passes and the monitor looks every second, as it does. */
    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            lab.clock.pass(Duration.ofSeconds(1));
            lab.sight.tick();
        }
    }

    private OverdueProbes overdue() {
        return new OverdueProbes(
                lab.settings, lab.ledger, lab.store.attendance(), lab.flights, lab.sight, lab.clock, lab.ended::add);
    }
}
