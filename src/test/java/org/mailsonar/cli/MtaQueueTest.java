package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Measure;
import org.mailsonar.check.host.HostReport;

/** What the look at a machine tells of its queue. */
class MtaQueueTest {

    private static final Measure FULL_DISK = new Measure("disk_var", 97, "%", 80.0, 95.0);
    private static final Measure LONG_QUEUE = new Measure("queue_active", 120, "", 50.0, null);
    private static final Measure LONG_SECOND_QUEUE = new Measure("queue_out_oldest", 90_000, "s", null, 3_600.0);

    @Test
    void a_full_disk_is_no_full_queue() {
        CheckResult queue = MtaQueue.of(record(List.of(FULL_DISK), List.of())).orElseThrow();
        assertThat(queue.state()).isEqualTo(State.GOOD);
        assertThat(queue.reason()).isEqualTo("the queue is within its thresholds");
    }

    @Test
    void a_long_queue_is_one_and_nothing_else_is_told() {
        CheckResult queue = MtaQueue.of(record(List.of(FULL_DISK, LONG_QUEUE), List.of("process: cannot be looked at")))
                .orElseThrow();
        assertThat(queue.state()).isEqualTo(State.FAILING);
        assertThat(queue.reason()).isEqualTo("queue_active 120 (above 50)");
        assertThat(MtaQueue.of(record(List.of(LONG_SECOND_QUEUE), List.of()))
                        .orElseThrow()
                        .state())
                .isEqualTo(State.FAILING);
    }

    @Test
    void a_queue_that_could_not_be_looked_at_is_neither_good_nor_bad() {
        assertThat(MtaQueue.of(record(List.of(), List.of("queue: postqueue is not there"))))
                .isEmpty();
        assertThat(MtaQueue.of(record(List.of(FULL_DISK), List.of("queue_out: postqueue is not there"))))
                .isEmpty();
    }

    @Test
    void a_machine_on_which_all_is_good_has_a_good_queue() {
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.of("queue_active", 3, ""));
        assertThat(MtaQueue.of(record(measures, List.of())).orElseThrow().state())
                .isEqualTo(State.GOOD);
    }

    private static CheckRecord record(List<Measure> measures, List<String> troubles) {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        HostReport report = new HostReport("mta1", noon, Duration.ofSeconds(1), measures, troubles);
        return CheckRecord.of("host mta1", "sydney", report.result("host mta1"));
    }
}
