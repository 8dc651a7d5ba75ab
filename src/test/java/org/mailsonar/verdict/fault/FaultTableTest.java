package org.mailsonar.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mailsonar.site.Site;
import org.mailsonar.site.TestSites;
import org.mailsonar.verdict.fault.SimulatedSite.Condition;

/** A table of faults on a site of two MTAs, two proxies, two stores and a directory server, each watched in several ways. */
class FaultTableTest {

    private static final Site SITE = TestSites.of(2, 2, 2, 1);
    private static final List<String> MACHINES = List.of("mta1", "mta2", "mmp1", "mmp2", "store1", "store2", "ldap1");

    /**
     * A fault of the table.
     *
     * @param at the machines that are at fault: one, the ends of a way, or two that are at fault at once
     * @param isOne whether it is one fault
     */
    private record Row(String name, Set<String> at, boolean isOne, Consumer<SimulatedSite> fault) {

        boolean isNamedBy(Suspect suspect) {
            Set<String> named = Set.copyOf(suspect.machines());
            // A machine that refuses one account is named with the store that the account is on.
            boolean isWithAccount = at.size() == 1
                    && name.contains("REFUSING_ONE")
                    && suspect.machines().size() == 2
                    && at.contains(suspect.machines().getFirst());
            return named.equals(at) || isWithAccount;
        }

        /** Somebody is named who has nothing to do with it. */
        boolean isWrong(Suspect suspect) {
            return suspect.machines().isEmpty() || !at.containsAll(suspect.machines());
        }
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String machine : MACHINES) {
            for (Condition condition : Condition.values()) {
                if (makesSense(machine, condition)) {
                    rows.add(new Row(machine + " " + condition, Set.of(machine), true, site -> {
                        if (condition == Condition.REFUSING_ONE) {
                            site.refuses(machine, machine.equals("store2") ? "store2" : "store1");
                        } else {
                            site.set(machine, condition);
                        }
                    }));
                }
            }
        }
        for (int i = 0; i < MACHINES.size(); i++) {
            for (int j = i + 1; j < MACHINES.size(); j++) {
                String one = MACHINES.get(i);
                String other = MACHINES.get(j);
                if (isUsed(one, other)) {
                    rows.add(new Row(
                            "way " + one + " " + other, Set.of(one, other), true, site -> site.cut(one, other)));
                }
                for (Condition condition : List.of(Condition.REFUSED, Condition.UNREACHABLE, Condition.HUNG)) {
                    rows.add(new Row("both " + one + " " + other + " " + condition, Set.of(one, other), false, site -> {
                        site.set(one, condition);
                        site.set(other, condition);
                    }));
                }
            }
        }
        return rows;
    }

    private static boolean makesSense(String machine, Condition condition) {
        return switch (condition) {
            case FINE -> false;
            case REFUSED, UNREACHABLE, HUNG, SLOW, REFUSING_LOGINS -> true;
            case REFUSING_ONE -> !machine.startsWith("ldap");
            case QUEUE_FULL, NO_ROOM -> machine.startsWith("mta");
        };
    }

    /** Mail goes from MTA to store and is fetched by a proxy; the two ask the directory. */
    private static boolean isUsed(String one, String other) {
        return (one.startsWith("mta") && other.startsWith("store"))
                || (one.startsWith("mmp") && other.startsWith("store"))
                || (one.startsWith("mmp") && other.startsWith("ldap"))
                || (one.startsWith("mta") && other.startsWith("ldap"));
    }

    @Test
    void nineteen_of_twenty_single_faults_are_named_first_and_nobody_is_wrongly_certain() {
        int singles = 0;
        int named = 0;
        List<String> wronglyCertain = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        Map<Watching, int[]> counts = new TreeMap<>();
        for (Row row : rows()) {
            for (Watching watching : Watching.values()) {
                for (boolean looksUp : List.of(true, false)) {
                    Watching.Seen seen = watching.watch(SITE, looksUp, row.fault());
                    Finding finding = FaultFinder.find(SITE, seen.runs(), seen.checks());
                    finding.suspects().stream()
                            .filter(suspect -> suspect.certainty() == Suspect.Certainty.CERTAIN && row.isWrong(suspect))
                            .forEach(suspect -> wronglyCertain.add(row.name() + ", " + watching + ": " + suspect));
                    boolean isVisible = !looksUp && row.name().matches("way mta. ldap1");
                    if (!row.isOne() || watching == Watching.ONE_FAILURE || isVisible) {
                        continue; // one failure alone fits several faults; and a way that no mail takes shows nowhere
                    }
                    singles++;
                    boolean isNamed = !finding.suspects().isEmpty()
                            && row.isNamedBy(finding.suspects().getFirst());
                    named += isNamed ? 1 : 0;
                    int[] count = counts.computeIfAbsent(watching, any -> new int[2]);
                    count[0] += isNamed ? 1 : 0;
                    count[1]++;
                    if (!isNamed) {
                        missed.add(row.name() + ", " + watching + (looksUp ? ", looks up: " : ": ") + finding.text()
                                + " "
                                + finding.suspects().stream().map(Suspect::name).toList());
                    }
                }
            }
        }
        StringBuilder table = new StringBuilder(named + " of " + singles + " single faults named first;");
        counts.forEach((watching, count) -> table.append(' ')
                .append(watching)
                .append(' ')
                .append(count[0])
                .append('/')
                .append(count[1]));
        String told = table + "\nmissed:\n" + String.join("\n", missed);

        assertThat(wronglyCertain).as(told).isEmpty();
        assertThat(100.0 * named / singles).as(told).isGreaterThanOrEqualTo(95.0);
    }
}
