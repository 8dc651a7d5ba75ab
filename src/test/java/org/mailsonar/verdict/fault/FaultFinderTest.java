package org.mailsonar.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailsonar.site.Aim;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;
import org.mailsonar.site.TestSites;
import org.mailsonar.verdict.fault.SimulatedSite.Condition;
import org.mailsonar.verdict.fault.Suspect.Certainty;

/** Who is to blame, who is not, and when nobody can tell. */
class FaultFinderTest {

    private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");

    private final Site site = TestSites.of(2, 2, 2, 1);
    private final SimulatedSite ill = new SimulatedSite(site, true);

    @Test
    void where_all_is_good_nobody_is_suspected() {
        assertThat(FaultFinder.find(site, runs(site.paths()), List.of())).isEqualTo(new Finding.AllGood());
        assertThat(FaultFinder.find(site, List.of(), List.of())).isEqualTo(new Finding.AllGood());
    }

    @Test
    void one_lost_mail_alone_fits_several_faults() {
        ill.cut("mta1", "store2");
        List<PathRun> runs = runs(List.of(new Path("store2", "mta1", "mmp1")));

        Finding finding = FaultFinder.find(site, runs, List.of());

        assertThat(finding).isInstanceOf(Finding.CannotTell.class);
        assertThat(finding.text())
                .startsWith("cannot tell: what was seen fits each of ")
                .endsWith("; only 1 of 8 paths were run so far");
        assertThat(finding.suspects()).extracting(Suspect::name).contains("mta1", "store2", "mta1 to store2");
        assertThat(finding.suspects()).allMatch(suspect -> suspect.certainty() == Certainty.POSSIBLE);
    }

    @Test
    void a_fault_that_is_over_is_no_fault() {
        ill.set("mta1", Condition.REFUSED);
        List<PathRun> runs = new ArrayList<>(runs(site.paths()));
        ill.set("mta1", Condition.FINE);
        for (Path path : site.paths()) {
            runs.add(ill.run(path, START.plus(Duration.ofMinutes(5))));
        }
        assertThat(FaultFinder.find(site, runs, List.of())).isEqualTo(new Finding.AllGood());
    }

    @Test
    void when_nothing_can_be_reached_it_may_be_the_monitor() {
        ill.cutMonitorOff();
        List<PathRun> runs = runs(site.paths());

        Finding finding = FaultFinder.find(site, runs, checks(runs));

        assertThat(finding.suspects().getFirst().name()).isEqualTo("this monitor");
        assertThat(finding.suspects()).noneMatch(suspect -> suspect.certainty() == Certainty.CERTAIN);
        assertThat(finding.text()).startsWith("this monitor (network), likely: nothing can be reached from here");
    }

    @Test
    void a_machine_that_does_not_answer_at_all_is_never_certain() {
        ill.set("mta1", Condition.UNREACHABLE);
        List<PathRun> runs = runs(site.paths());

        assertThat(FaultFinder.find(site, runs, checks(runs)).suspects())
                .singleElement()
                .satisfies(suspect -> {
                    assertThat(suspect.certainty()).isEqualTo(Certainty.LIKELY);
                    assertThat(suspect.toString())
                            .isEqualTo(
                                    "mta1 (smtp), likely: does not answer from here: it is down, or the network on the way to"
                                            + " it; all 4 paths by mta1 fail, the other 4 work");
                });
    }

    @Test
    void a_directory_that_is_away_is_blamed_and_not_the_proxies_that_ask_it() {
        ill.set("ldap1", Condition.REFUSED);
        List<PathRun> runs = runs(site.paths());

        assertThat(FaultFinder.find(site, runs, checks(runs)).suspects())
                .singleElement()
                .asString()
                .startsWith("ldap1 (ldap), certain: refuses connections; all 8 paths fail");
    }

    @Test
    void two_machines_at_once_are_both_named() {
        ill.set("mta1", Condition.REFUSED);
        ill.set("mmp2", Condition.HUNG);
        List<PathRun> runs = runs(site.paths());

        assertThat(FaultFinder.find(site, runs, checks(runs)).suspects())
                .extracting(Suspect::name)
                .containsExactlyInAnyOrder("mta1", "mmp2");
    }

    @Test
    void the_order_of_what_was_seen_does_not_matter() {
        ill.set("store1", Condition.HUNG);
        List<PathRun> runs = new ArrayList<>(runs(site.paths()));
        List<DirectedResult> checks = new ArrayList<>(checks(runs));
        Finding finding = FaultFinder.find(site, runs, checks);
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(runs, random);
            Collections.shuffle(checks, random);
            assertThat(FaultFinder.find(site, runs, checks).suspects())
                    .extracting(Suspect::name, Suspect::certainty)
                    .isEqualTo(finding.suspects().stream()
                            .map(suspect -> tuple(suspect.name(), suspect.certainty()))
                            .toList());
        }
    }

    @Test
    void a_site_of_a_hundred_stores_is_no_trouble() {
        Site large = TestSites.of(4, 4, 100, 2);
        SimulatedSite site = new SimulatedSite(large, true);
        site.set("store42", Condition.HUNG);
        List<PathRun> runs =
                large.paths().stream().map(path -> site.run(path, START)).toList();

        assertThat(FaultFinder.find(large, runs, List.of()).suspects())
                .first()
                .extracting(Suspect::name)
                .isEqualTo("store42");
    }

    private List<PathRun> runs(List<Path> paths) {
        List<PathRun> runs = new ArrayList<>();
        for (Path path : paths) {
            runs.add(ill.run(path, START.plusSeconds(runs.size())));
        }
        return runs;
    }

    private List<DirectedResult> checks(List<PathRun> runs) {
        List<DirectedResult> checks = new ArrayList<>();
        for (Aim aim : Aim.at(site, runs)) {
            checks.add(ill.check(aim.scope(), aim.machine(), aim.store(), START.plusSeconds(60)));
        }
        return checks;
    }
}
