package org.mailsonar.endtoend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailsonar.endtoend.RealFault.Act;
import org.mailsonar.lab.Machine;

/** What can break a {@link RealSite}: each machine in each of the usual ways, and pairs of these. */
final class RealFaults {

    private static final List<String> MACHINES = List.of("mta1", "mta2", "mmp1", "mmp2", "store1", "store2", "ldap1");

    /** Several answers make a dialogue; that many of these are far beyond a good one, and each is within the site's limit. */
    private static final Map<String, Duration> SLOW = Map.of(
            "mta", Duration.ofMillis(900),
            "mmp", Duration.ofMillis(700),
            "store", Duration.ofMillis(500),
            "ldap", Duration.ofMillis(900));

    private RealFaults() {}

    /** All single ones. */
    static List<RealFault> singles() {
        List<RealFault> all = new ArrayList<>();
        for (String machine : MACHINES) {
            all.addAll(usual(machine));
        }
        all.addAll(MtaFaults.all());
        all.addAll(RetrievalFaults.proxies());
        all.addAll(RetrievalFaults.stores());
        all.addAll(DirectoryFaults.all());
        return List.copyOf(all);
    }

    /** Each pair of machines, both broken, in two ways each. */
    static List<RealFault> pairs() {
        List<RealFault> pairs = new ArrayList<>();
        int turn = 0;
        for (int i = 0; i < MACHINES.size(); i++) {
            for (int j = i + 1; j < MACHINES.size(); j++) {
                for (int way = 0; way < 2; way++, turn++) {
                    List<RealFault> one = core(MACHINES.get(i));
                    List<RealFault> other = core(MACHINES.get(j));
                    pairs.add(one.get(turn % one.size()).and(other.get((turn / 2 + way) % other.size())));
                }
            }
        }
        return List.copyOf(pairs);
    }

    private static List<RealFault> usual(String machine) {
        return List.of(stopped(machine), hung(machine), vanished(machine), slow(machine));
    }

    /** Those that pairs are made of. */
    private static List<RealFault> core(String machine) {
        List<RealFault> core = new ArrayList<>(List.of(stopped(machine), hung(machine), slow(machine)));
        switch (machine) {
            case "mta1", "mta2" -> {
                core.add(MtaFaults.holds(machine));
                core.add(MtaFaults.diskFull(machine));
            }
            case "ldap1" -> core.add(DirectoryFaults.closed());
            default -> core.add(RetrievalFaults.refusesLogins(machine));
        }
        return core;
    }

    static RealFault stopped(String machine) {
        return fault(
                machine + " stopped",
                machine,
                site -> site.machine(machine).stop(),
                site -> site.machine(machine).start());
    }

    static RealFault hung(String machine) {
        return fault(
                machine + " hung (SIGSTOP)",
                machine,
                site -> site.machine(machine).server().hang(),
                site -> site.machine(machine).server().goOn());
    }

    private static RealFault vanished(String machine) {
        return fault(
                machine + " off, nothing answers",
                machine,
                site -> site.machine(machine).vanish(),
                site -> site.machine(machine).start());
    }

    static RealFault slow(String machine) {
        Duration delay = SLOW.getOrDefault(machine.replaceAll("[0-9]", ""), Duration.ZERO);
        return fault(
                machine + " slow, each answer " + delay.toMillis() + " ms later",
                machine,
                site -> site.machine(machine).slow(delay),
                site -> site.machine(machine).slow(Duration.ZERO));
    }

    /** One of one machine. */
    static RealFault fault(String name, String machine, Act breaking, Act mending) {
        return new RealFault(name, Set.of(machine), breaking, mending);
    }

    /** One of the way between two machines, for which the first of them may be named as well. */
    static RealFault way(String name, String machine, String to, Act breaking, Act mending) {
        return new RealFault(name, Set.of(machine, machine + " to " + to), breaking, mending);
    }

    /** Whether a machine's port, of several, is shut, and led to the server again. */
    static RealFault shut(String name, String machine, int front, Set<String> right) {
        return new RealFault(
                name,
                right,
                site -> port(site.machine(machine), front).shut(),
                site -> port(site.machine(machine), front).lead());
    }

    private static org.mailsonar.lab.Front port(Machine machine, int front) {
        return machine.fronts().get(front);
    }
}
