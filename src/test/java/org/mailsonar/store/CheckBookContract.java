package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.host.HostSample;
import org.mailsonar.site.Leg;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;

/** What every database must do with what checks found. */
abstract class CheckBookContract extends StoreContract {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Trouble SILENT = new Trouble(Trouble.Stage.GREETING, Trouble.Kind.TIME_OUT);

    @Test
    void a_result_comes_back_as_it_was() {
        CheckRecord result = failing("mx1", NOON.plusNanos(123_456_000));
        store.checks().add(result);
        assertThat(other.checks().newest("mx1", "sydney", NOON.plusSeconds(1), 9))
                .containsExactly(result);
    }

    @Test
    void the_newest_come_first_and_none_of_another_target_vantage_or_of_later() {
        CheckRecord first = failing("mx1", NOON);
        CheckRecord second = good("mx1", NOON.plusSeconds(60));
        List.of(first, second, good("mx1", NOON.plusSeconds(120)), good("mx2", NOON.plusSeconds(30)))
                .forEach(store.checks()::add);
        store.checks()
                .add(new CheckRecord(
                        "mx1", "london", "x", CheckResult.State.GOOD, "", NOON.plusSeconds(70), Duration.ZERO, null));
        assertThat(other.checks().newest("mx1", "sydney", NOON.plusSeconds(60), 9))
                .containsExactly(second, first);
        assertThat(other.checks().newest("mx1", "sydney", NOON.plusSeconds(60), 1))
                .containsExactly(second);
    }

    @Test
    void the_newest_of_a_target_is_found_wherever_it_was_looked_at() {
        CheckRecord ours = good("host mx1", NOON.plusSeconds(60));
        CheckRecord theirs = new CheckRecord(
                "host mx1", "london", "x", CheckResult.State.GOOD, "", NOON.plusSeconds(70), Duration.ZERO, null);
        List.of(theirs, ours, good("host mx11", NOON.plusSeconds(90))).forEach(store.checks()::add);
        assertThat(other.checks().newest("host mx1", NOON)).contains(theirs);
        assertThat(other.checks().newest("host mx1", NOON.plusSeconds(70))).contains(theirs);
        assertThat(other.checks().newest("host mx1", NOON.plusSeconds(71))).isEmpty();
        assertThat(other.checks().newest("mx1", NOON)).isEmpty();
    }

    @Test
    void all_of_a_time_are_shown_once_each_also_those_of_one_moment() {
        for (int i = 0; i < 2_100; i++) {
            store.checks().add(good("t" + i, NOON.plusSeconds(i / 1_500)));
        }
        store.checks().add(good("before", NOON.minusNanos(1_000)));
        store.checks().add(good("until", NOON.plusSeconds(2)));
        List<String> seen = new ArrayList<>();
        other.checks().each(NOON, NOON.plusSeconds(2), result -> seen.add(result.target()));
        assertThat(seen).hasSize(2_100).doesNotHaveDuplicates().doesNotContain("before", "until");
    }

    @Test
    void samples_come_back_whole_by_time_and_host() {
        HostSample one = new HostSample("a", NOON, Map.of("cpu_user", 1.5, "queue_active", 3.0));
        HostSample two = new HostSample("a", NOON.plusSeconds(300), Map.of("cpu_user", 2.5));
        HostSample third = new HostSample("b", NOON, values(2_500));
        List.of(third, two, one, new HostSample("b", NOON.minusSeconds(1), Map.of("x", 1.0)))
                .forEach(store.checks()::add);
        store.checks().add(one); // the same once more
        List<HostSample> seen = new ArrayList<>();
        other.checks().eachSample(NOON, NOON.plusSeconds(301), seen::add);
        assertThat(seen).containsExactly(one, third, two);
    }

    private static Map<String, Double> values(int count) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            values.put("m" + i, (double) i);
        }
        return values;
    }

    @Test
    void a_path_run_comes_back_as_it_was() {
        PathRun good = new PathRun(
                "company",
                new Path("store1", "mta1", "mmp1"),
                NOON,
                Duration.ofMillis(20),
                Duration.ofMillis(30),
                Duration.ofMillis(80),
                CheckResult.State.GOOD,
                "",
                List.of());
        PathRun failed = new PathRun(
                "company",
                new Path("store2", "mta1", "mmp1"),
                NOON.plusSeconds(1),
                null,
                null,
                null,
                CheckResult.State.FAILING,
                "mta1 refuses connections",
                Leg.SUBMIT,
                SILENT,
                List.of("mta1 smtp, certain", "mta1, possible"));
        store.paths().add("london", good.suspecting(List.of("from there")));
        store.paths().add("sydney", failed);
        store.paths().add("sydney", good);
        List<PathRun> seen = new ArrayList<>();
        other.paths().each(NOON, NOON.plusSeconds(2), seen::add);
        assertThat(seen).containsExactly(good.suspecting(List.of("from there")), good, failed);
        seen.clear();
        other.paths().each("sydney", NOON, NOON.plusSeconds(2), seen::add);
        assertThat(seen).containsExactly(good, failed);
    }

    @Test
    void what_is_old_goes() {
        store.checks().add(good("mx1", NOON));
        store.checks().add(good("mx1", NOON.plusSeconds(10)));
        store.checks().add(new HostSample("a", NOON, Map.of("x", 1.0)));
        int removed = store.tidy(NOON.plusSeconds(5).plus(Duration.ofDays(9)), Duration.ofDays(9), Duration.ofDays(9));
        assertThat(removed).isEqualTo(2);
        assertThat(other.checks().newest("mx1", "sydney", NOON.plusSeconds(60), 9))
                .hasSize(1);
    }

    private static CheckRecord good(String target, Instant at) {
        return new CheckRecord(
                target, "sydney", "smtp://" + target, CheckResult.State.GOOD, "", at, Duration.ofMillis(3), null);
    }

    private static CheckRecord failing(String target, Instant at) {
        return new CheckRecord(
                target,
                "sydney",
                "smtp://" + target,
                CheckResult.State.FAILING,
                "no greeting within 10 s",
                at,
                Duration.ofSeconds(10),
                SILENT);
    }
}
