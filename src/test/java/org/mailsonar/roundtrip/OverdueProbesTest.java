package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.probe.ProbeId;

class OverdueProbesTest {

    private static final Duration TIMEOUT = RoundTripLab.TARGET.timeout();
    private static final Duration MICROSECOND = Duration.ofNanos(1_000);

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
    void a_probe_is_lost_one_microsecond_behind_its_deadline_and_told_once() {
        OverdueProbes overdue = overdue();
        ProbeId id = lab.send();
        lab.clock.pass(TIMEOUT);
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
        lab.clock.pass(MICROSECOND);
        overdue.decide();
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Lost());
        assertThat(lab.ended).containsExactly(lab.probe(id));
    }

    @Test
    void a_probe_of_before_a_restart_gets_its_time_out_once_more() {
        ProbeId id = lab.send();
        lab.restart();
        lab.clock.pass(Duration.ofHours(9));
        OverdueProbes overdue = overdue();
        overdue.decide();
        lab.clock.pass(TIMEOUT);
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
        lab.clock.pass(MICROSECOND);
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Lost());
    }

    @Test
    void a_probe_that_another_process_sends_meanwhile_gets_its_time_out_once() {
        OverdueProbes overdue = overdue();
        lab.clock.pass(Duration.ofSeconds(1));
        ProbeId id = lab.send();
        lab.flights = new Flights(lab.clock);
        OverdueProbes beside = overdue();
        lab.clock.pass(TIMEOUT.plus(MICROSECOND));
        overdue.decide();
        beside.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Lost());
    }

    @Test
    void a_return_of_a_lost_probe_makes_it_late() {
        OverdueProbes overdue = overdue();
        ProbeId id = lab.send();
        lab.clock.pass(TIMEOUT.plus(MICROSECOND));
        overdue.decide();
        lab.receive(lab.returnOfLast(id));
        assertThat(lab.outcome(id))
                .isInstanceOfSatisfying(
                        Outcome.Late.class,
                        late -> assertThat(late.roundTrip().time()).isEqualTo(TIMEOUT.plus(MICROSECOND)));
        assertThat(lab.ended).extracting(probe -> probe.outcome().name()).containsExactly("lost", "late");
        overdue.decide();
        assertThat(lab.ended).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, 3})
    void a_stepped_wall_clock_makes_no_probe_lost_before_or_behind_its_time(long hours) {
        OverdueProbes overdue = overdue();
        ProbeId id = lab.send();
        lab.clock.stepWall(Duration.ofHours(hours));
        lab.clock.pass(TIMEOUT);
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
        lab.clock.pass(MICROSECOND);
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Lost());
    }

    @Test
    void a_probe_sent_after_the_wall_clock_was_set_back_gets_its_whole_time_out() {
        OverdueProbes overdue = overdue();
        lab.clock.pass(Duration.ofSeconds(1));
        lab.clock.stepWall(Duration.ofHours(-3));
        ProbeId id = lab.send();
        lab.clock.pass(TIMEOUT);
        overdue.decide();
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
    }

    private OverdueProbes overdue() {
        return new OverdueProbes(
                lab.settings, lab.ledger, lab.store.attendance(), lab.flights, lab.sight, lab.clock, lab.ended::add);
    }
}
