package org.mailsonar.verdict.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailsonar.check.CheckResult;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;
import org.mailsonar.verdict.fault.Suspect.Certainty;

/** Finds who is at fault. A pure function of what was seen: no clock, no network, the same answer for the same sights. */
public final class FaultFinder {

    /** Older runs of a path say little of now. */
    private static final int RUNS_OF_A_PATH = 3;

    private static final double WORTH_NAMING = 0.05;
    private static final double PROVEN = 0.9;
    private static final double LIKELY = 0.6;
    private static final double TELLING = 0.5;
    private static final int MOST = 5;

    private FaultFinder() {}

    /**
     * Finds it.
     *
     * @param runs recent path runs of the site, in any order; the newest three of each path count
     * @param checks what directed checks found since; those that could not be done say nothing
     */
    public static Finding find(Site site, List<PathRun> runs, List<DirectedResult> checks) {
        List<PathRun> recent = recent(runs, RUNS_OF_A_PATH);
        List<PathRun> newest = recent(runs, 1);
        List<Sight> sights = Sights.of(recent, checks);
        boolean isWrong = newest.stream().anyMatch(FaultFinder::isBad)
                || Sights.of(List.of(), checks).stream().anyMatch(sight -> !sight.isGood());
        if (!isWrong) {
            return new Finding.AllGood();
        }
        List<Explanation> explanations =
                new Explanations(sights, site.timings().every().dividedBy(2)).of(Catalogue.of(site));
        Map<Fault, Double> chances = chances(explanations);
        Reasons reasons = new Reasons(site, newest, checks, sights);
        List<Suspect> suspects = new ArrayList<>();
        double best = 0;
        // What may have passed is still worth a look at whoever it would have been.
        double passed = explanations.stream()
                .filter(one -> one.faults().isEmpty())
                .mapToDouble(Explanation::weight)
                .sum();
        for (Map.Entry<Fault, Double> one : byMachine(chances).entrySet()) {
            best = Math.max(best, one.getValue());
            boolean isWorthNaming = one.getValue() >= WORTH_NAMING * (1 - passed)
                    && sights.stream().anyMatch(one.getKey()::explains);
            if (isWorthNaming && suspects.size() < MOST) {
                suspects.add(suspect(one.getKey(), one.getValue(), site, sights, reasons));
            }
        }
        if (best >= TELLING) {
            return new Finding.Found(suspects);
        }
        return new Finding.CannotTell(why(site, newest, suspects), suspects);
    }

    private static Suspect suspect(Fault fault, double chance, Site site, List<Sight> sights, Reasons reasons) {
        boolean isSeenTwice = sights.stream().filter(fault::explains).count() > 1;
        Certainty certainty = chance >= PROVEN && Proof.isCertain(fault, site, sights)
                ? Certainty.CERTAIN
                : chance >= LIKELY && isSeenTwice ? Certainty.LIKELY : Certainty.POSSIBLE;
        return new Suspect(fault.machines(), fault.protocol(), certainty, reasons.of(fault));
    }

    private static String why(Site site, List<PathRun> newest, List<Suspect> suspects) {
        int all = site.paths().size();
        String seen = newest.size() < all ? "only " + newest.size() + " of " + all + " paths were run so far" : "";
        if (suspects.isEmpty()) {
            return "nothing that is known explains it; it may have passed" + (seen.isEmpty() ? "" : "; " + seen);
        }
        String names = String.join(", ", suspects.stream().map(Suspect::name).toList());
        String same = suspects.size() == 1
                ? "it may be " + names + ", or have passed"
                : "what was seen fits each of " + names;
        return same + (seen.isEmpty() ? "" : "; " + seen);
    }

    /** How probable each fault is: together the weights of all explanations that need it. */
    private static Map<Fault, Double> chances(List<Explanation> explanations) {
        Map<Fault, Double> chances = new LinkedHashMap<>();
        for (Explanation explanation : explanations) {
            explanation.faults().forEach(fault -> chances.merge(fault, explanation.weight(), Double::sum));
        }
        return chances;
    }

    /** Of several faults of the same machine the most probable one, with the weight of all; the most suspect first. */
    private static Map<Fault, Double> byMachine(Map<Fault, Double> chances) {
        List<Map.Entry<Fault, Double>> sorted = chances.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<Fault, Double> one) -> -one.getValue()))
                .toList();
        Map<List<String>, Fault> first = new LinkedHashMap<>();
        Map<List<String>, Double> sums = new LinkedHashMap<>();
        for (Map.Entry<Fault, Double> one : sorted) {
            List<String> machines = one.getKey().machines();
            first.putIfAbsent(machines, one.getKey());
            sums.merge(machines, one.getValue(), (some, more) -> Math.min(1, some + more));
        }
        Map<Fault, Double> ranked = new LinkedHashMap<>();
        sums.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<List<String>, Double> one) -> -one.getValue()))
                .forEach(one -> {
                    Fault fault = first.get(one.getKey());
                    if (fault != null) {
                        ranked.put(fault, one.getValue());
                    }
                });
        return ranked;
    }

    private static List<PathRun> recent(List<PathRun> runs, int ofEach) {
        Map<Path, List<PathRun>> byPath = new LinkedHashMap<>();
        runs.stream()
                .filter(run -> run.state() != CheckResult.State.UNKNOWN)
                .sorted(Comparator.comparing(PathRun::started).reversed())
                .forEach(run -> byPath.computeIfAbsent(run.path(), any -> new ArrayList<>())
                        .add(run));
        return byPath.values().stream()
                .flatMap(ofOne -> ofOne.stream().limit(ofEach))
                .toList();
    }

    private static boolean isBad(PathRun run) {
        return run.state() == CheckResult.State.FAILING || run.state() == CheckResult.State.WARNING;
    }
}
