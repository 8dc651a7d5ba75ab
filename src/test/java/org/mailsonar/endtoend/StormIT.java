package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.NeedsPostfix;

/** 2,000 probes, 50 kills, and nothing is lost. Any other size: scripts/storm. */
@NeedsPostfix
class StormIT {

    private static final Storm.Size SIZE = new Storm.Size(20261121, 1200, 650, 150, 50);

    @Test
    void reflectors_that_are_killed_and_a_relay_that_fails_lose_no_probe() throws IOException, InterruptedException {
        StormReport report = Storm.run(SIZE);

        System.out.println(report);
        assertThat(report.lost()).isEmpty();
        assertThat(report.accepted()).isEqualTo(2000);
        assertThat(report.returned() + report.refused()).isEqualTo(2000);
        assertThat(report.kills()).isGreaterThanOrEqualTo(50);
    }
}
