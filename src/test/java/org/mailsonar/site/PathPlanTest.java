package org.mailsonar.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is run when. */
class PathPlanTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void without_a_time_of_cover_all_paths_are_run_every_time() {
        Site site = site(2, 2, 2, null);
        PathPlan plan = PathPlan.of(site);

        assertThat(plan.minutes()).isEqualTo(5);
        assertThat(plan.due(MIDNIGHT)).isEqualTo(site.paths());
        assertThat(plan.due(MIDNIGHT.plusSeconds(4 * 60))).isEmpty();
        assertThat(plan.due(MIDNIGHT.plusSeconds(5 * 60 + 59))).isEqualTo(site.paths());
        assertThat(plan.coverTime(site)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void where_there_is_time_enough_a_rotation_has_all_paths() {
        Site site = site(2, 2, 2, Duration.ofHours(1));
        PathPlan plan = PathPlan.of(site);

        assertThat(plan.paths()).hasSize(8);
        assertThat(plan.coverTime(site)).isLessThanOrEqualTo(Duration.ofMinutes(35));
        assertThat(plan.minutes()).isEqualTo(40);
        assertThat(plan.slots()).extracting(PathPlan.Slot::minute).containsExactly(0, 5, 10, 15, 20, 25, 30, 35);
    }

    @Test
    void each_pair_is_run_within_the_time_of_cover_whatever_the_site() {
        for (int stores = 1; stores <= 5; stores++) {
            for (int mtas = 1; mtas <= 4; mtas++) {
                for (int proxies = 1; proxies <= 4; proxies++) {
                    for (Duration cover : List.of(Duration.ofMinutes(7), Duration.ofMinutes(30), Duration.ofHours(2))) {
                        Site site = site(stores, mtas, proxies, cover);
                        PathPlan plan = PathPlan.of(site);
                        assertThat(plan.missing(site)).isEmpty();
                        assertThat(plan.coverTime(site)).isNotNull().isLessThanOrEqualTo(cover);
                        assertThat(dueInOneCycle(plan)).isEqualTo(new HashSet<>(plan.paths()));
                    }
                }
            }
        }
    }

    @Test
    void what_a_plan_never_runs_together_is_told() {
        Site site = site(2, 2, 1, null);
        PathPlan plan = new PathPlan(
                List.of(
                        new PathPlan.Slot(5, new Path("store2", "mta2", "mmp1")),
                        new PathPlan.Slot(0, new Path("store1", "mta1", "mmp1"))),
                60);

        assertThat(plan.missing(site)).containsExactly("store1 and mta2", "store2 and mta1");
        assertThat(plan.coverTime(site)).isNull();
    }

    private static Set<Path> dueInOneCycle(PathPlan plan) {
        Set<Path> due = new HashSet<>();
        for (int minute = 0; minute < plan.minutes(); minute++) {
            due.addAll(plan.due(MIDNIGHT.plusSeconds(60L * minute)));
        }
        return due;
    }

    private static Site site(int stores, int mtas, int proxies, @Nullable Duration cover) {
        SiteTimings usual = SiteTimings.STANDARD;
        return TestSites.of(
                mtas,
                proxies,
                stores,
                0,
                new SiteTimings(usual.timeout(), usual.slowAfter(), usual.answer(), usual.every(), cover));
    }
}
