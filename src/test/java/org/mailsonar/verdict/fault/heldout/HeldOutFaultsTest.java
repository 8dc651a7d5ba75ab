package org.mailsonar.verdict.fault.heldout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.site.Site;
import org.mailsonar.verdict.fault.FaultFinder;
import org.mailsonar.verdict.fault.Finding;
import org.mailsonar.verdict.fault.Suspect.Certainty;
import org.mailsonar.verdict.fault.heldout.HeldOutTable.Row;
import org.mailsonar.verdict.fault.heldout.PlayedRounds.Noise;
import org.mailsonar.verdict.fault.heldout.PlayedRounds.Observed;
import org.mailsonar.verdict.fault.heldout.PlayedSites.Make;

/**
 * A second table of faults beside {@code FaultTableTest}, by somebody who did not know how faults are found when it was written: other sites,
 * what Postfix, Dovecot and slapd say when another of them is away, rotations with comparisons, and something that happens by chance
 * beside the fault. What it first showed was mended in the fault finder and not here.
 */
class HeldOutFaultsTest {

    /** Another choice of delays and of what grows than those that the fault finder was mended by. */
    private static final long SEED = 4_711;

    @Test
    void on_a_site_of_seven_machines_nineteen_of_twenty_are_named_first_and_nobody_is_wrongly_certain() {
        List<Row> rows = new ArrayList<>();
        for (boolean isRotated : List.of(false, true)) {
            rows.addAll(rows(PlayedSites.of("open", new Make(2, 2, 2, 1, false, true, true, false), isRotated)));
            rows.addAll(rows(PlayedSites.of("login", new Make(2, 2, 2, 1, false, false, true, true), isRotated)));
            rows.addAll(rows(PlayedSites.of("closed", new Make(2, 2, 2, 1, false, true, false, false), isRotated)));
        }
        assertReached(rows, 95);
    }

    /** The shares are below what was measured, and all the more so where faults look the same: the last site has no second machine of a kind. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "each its directory, 2, 2, 2, 2, false, false, 97",
        "directories in turn, 2, 2, 2, 2, true, false, 95",
        "relaying, 2, 2, 2, 1, false, true, 95",
        "three stores, 3, 2, 3, 1, false, false, 97",
        "no proxies, 3, 0, 3, 2, false, false, 95",
        "one of each, 1, 0, 1, 1, false, false, 80"
    })
    void on_other_sites_nobody_is_wrongly_certain_either(
            String name,
            int mtas,
            int proxies,
            int stores,
            int directories,
            boolean isShared,
            boolean isRelaying,
            int percent) {
        List<Row> rows = new ArrayList<>();
        for (boolean isRotated : List.of(false, true)) {
            Site site = PlayedSites.of(
                    name, new Make(mtas, proxies, stores, directories, isShared, true, true, false), isRotated);
            rows.addAll(rows(isRelaying ? PlayedSites.relaying(site) : site));
        }
        assertReached(rows, percent);
    }

    @Test
    void a_failure_by_chance_makes_nobody_certainly_guilty() {
        Site site = PlayedSites.of("well", new Make(2, 2, 2, 1, false, true, true, false), false);
        for (long seed = 0; seed < 100; seed++) {
            Observed observed = PlayedRounds.ofAWellSite(site, Noise.TRANSIENT, new Random(seed));
            Finding finding = FaultFinder.find(site, observed.runs(), observed.checks());

            assertThat(finding.suspects())
                    .as(finding.text())
                    .allMatch(suspect -> suspect.certainty() == Certainty.POSSIBLE);
        }
    }

    private static List<Row> rows(Site site) {
        List<Row> rows = new ArrayList<>();
        for (Noise noise : Noise.values()) {
            rows.addAll(HeldOutTable.rows(site, noise, noise == Noise.SLOW_RUN ? 0 : 2, SEED));
        }
        return rows;
    }

    private static void assertReached(List<Row> rows, int percent) {
        List<Row> missed = rows.stream().filter(row -> !row.isFirst()).toList();
        Map<String, Long> kinds = new TreeMap<>();
        missed.forEach(row -> kinds.merge(row.broken().kind().toString(), 1L, Long::sum));
        String told = missed.size() + " of " + rows.size() + " not named first: " + kinds;

        assertThat(rows).hasSizeGreaterThan(100);
        assertThat(rows.stream()
                        .filter(Row::isWronglyCertain)
                        .map(row -> row.name() + ": " + row.finding().text()))
                .isEmpty();
        assertThat(100.0 * (rows.size() - missed.size()) / rows.size()).as(told).isGreaterThanOrEqualTo(percent);
    }
}
