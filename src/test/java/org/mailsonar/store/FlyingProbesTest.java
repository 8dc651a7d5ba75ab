package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailsonar.roundtrip.ProbeRecord;

class FlyingProbesTest {

    @Test
    void what_another_process_has_ended_is_forgotten_an_hour_after_its_time_out() {
        FlyingProbes flying = new FlyingProbes();
        ProbeRecord old = Lives.probe("old", "sydney", Lives.START);
        ProbeRecord young = Lives.probe("young", "sydney", Lives.START.plusSeconds(1));
        flying.add(old);
        flying.add(young);
        IntStream.range(0, 998)
                .mapToObj(i -> Lives.probe(
                        "new",
                        "sydney",
                        old.deadline().plus(Duration.ofHours(1)).plusMillis(500)))
                .forEach(flying::add);

        assertThat(flying.find(old.id())).isEmpty();
        assertThat(flying.find(young.id())).contains(young);
    }
}
