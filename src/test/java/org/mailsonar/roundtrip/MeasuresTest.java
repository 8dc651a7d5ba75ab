package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailsonar.probe.TestProbes;

class MeasuresTest {

    private static final Instant SENT = TestProbes.SENT;

    private final Measures measures = new Measures();

    @Test
    void nothing_is_known_of_no_probe() {
        assertThat(measures.probes()).isZero();
        assertThat(measures.abilityToSend()).isEmpty();
        assertThat(measures.abilityToReceive()).isEmpty();
        assertThat(measures.average()).isEmpty();
        assertThat(measures.percentile(50)).isEmpty();
    }

    @Test
    void a_probe_that_was_not_taken_is_no_inability_to_receive() {
        add(new Outcome.Returned(trip(1_000)));
        add(new Outcome.Refused("550 no"));
        add(new Outcome.Deferred("450 later"));
        add(new Outcome.SendFailed("no connection"));
        assertThat(measures.abilityToSend()).contains(25.0);
        assertThat(measures.abilityToReceive()).contains(100.0);
    }

    @Test
    void what_could_not_be_seen_and_what_is_on_its_way_is_no_inability_to_receive() {
        add(new Outcome.Returned(trip(1_000)));
        add(new Outcome.Lost());
        add(new Outcome.Bounced("550 no"));
        add(new Outcome.Late(trip(3_000)));
        add(new Outcome.Inconclusive("asleep"));
        add(new Outcome.InFlight());
        assertThat(measures.abilityToSend()).contains(100.0);
        assertThat(measures.abilityToReceive()).contains(50.0);
        assertThat(measures.outstanding()).isOne();
        assertThat(measures.late()).isOne();
        assertThat(measures.probes()).isEqualTo(6);
    }

    @Test
    void a_time_out_enters_no_average() {
        add(new Outcome.Returned(trip(1_000)));
        add(new Outcome.Lost());
        add(new Outcome.Late(trip(3_000)));
        assertThat(measures.average()).contains(Duration.ofSeconds(2));
    }

    @Test
    void percentiles_are_those_of_the_nearest_rank() {
        IntStream.rangeClosed(1, 200).map(i -> 201 - i).forEach(i -> add(new Outcome.Returned(trip(i))));
        assertThat(measures.percentile(50)).contains(Duration.ofMillis(100));
        assertThat(measures.percentile(95)).contains(Duration.ofMillis(190));
        assertThat(measures.percentile(100)).contains(Duration.ofMillis(200));
        add(new Outcome.Returned(trip(500)));
        assertThat(measures.percentile(100)).contains(Duration.ofMillis(500));
    }

    private void add(Outcome outcome) {
        measures.add(
                ProbeRecord.leaving(TestProbes.ID, "company", TestProbes.TARGET, "sydney", SENT, Duration.ofMinutes(10))
                        .with(outcome, SENT));
    }

    private static RoundTrip trip(long millis) {
        return new RoundTrip(SENT, Duration.ofMillis(millis), RoundTrip.Clock.MONOTONIC, Duration.ofMillis(1));
    }
}
