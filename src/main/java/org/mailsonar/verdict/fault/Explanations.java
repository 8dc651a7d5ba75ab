package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Weighs every fault alone, and the best of them in pairs, by Bayes' rule. A fault need not be as old as the oldest sight: what worked
 * before it began does not speak against it; but that it began just between two sights is improbable, the more so the closer they are.
 */
final class Explanations {

    /** So many of the best single faults are tried in pairs. */
    private static final int PAIRED = 24;

    private static final double BEGAN_JUST_NOW = 0.02;
    private static final double BEGAN_MEANWHILE = 0.2;
    private static final double NOTHING_WRONG = 0.9;

    /** A fault and since when it would be there: the place of the first sight that it bears upon. */
    private record Began(Fault fault, int from, double logWeight) {}

    private final List<Sight> sights;
    private final Duration longAgo;
    private final double[] stray;

    /**
     * Of these sights, oldest first.
     *
     * @param longAgo what is older than so much may well have been before the fault
     */
    Explanations(List<Sight> sights, Duration longAgo) {
        this.sights = sights;
        this.longAgo = longAgo;
        this.stray = sights.stream()
                .mapToDouble(Fault::stray)
                .map(chance -> Math.log(chance))
                .toArray();
    }

    /** All, the best first; their weights together are 1. */
    List<Explanation> of(List<Fault> faults) {
        List<Began> singles = faults.stream()
                .map(this::bestBegin)
                .sorted(Comparator.comparingDouble((Began began) -> -began.logWeight()))
                .toList();
        List<Explanation> all = new ArrayList<>();
        all.add(new Explanation(List.of(), Math.log(NOTHING_WRONG) + sum(stray, 0)));
        singles.forEach(one -> all.add(new Explanation(List.of(one.fault()), one.logWeight())));
        List<Began> best = singles.stream()
                .filter(this::explainsAny)
                .limit(PAIRED)
                .toList();
        for (int i = 0; i < best.size(); i++) {
            for (int j = i + 1; j < best.size(); j++) {
                all.add(pair(best.get(i), best.get(j)));
            }
        }
        return normalized(all);
    }

    private boolean explainsAny(Began began) {
        return sights.subList(began.from(), sights.size()).stream()
                .anyMatch(began.fault()::explains);
    }

    private Began bestBegin(Fault fault) {
        double suffix = 0;
        double prefix = sum(stray, 0);
        Began best = null;
        for (int from = sights.size() - 1; from >= 0; from--) {
            suffix += Math.log(chance(fault, sights.get(from)));
            prefix -= stray[from];
            if (from > 0 && sights.get(from).at().equals(sights.get(from - 1).at())) {
                continue;
            }
            double weight = Math.log(fault.prior()) + Math.log(began(from)) + prefix + suffix;
            if (best == null || weight >= best.logWeight()) {
                best = new Began(fault, from, weight);
            }
        }
        return best == null ? new Began(fault, 0, Math.log(fault.prior())) : best;
    }

    private double began(int from) {
        if (from == 0) {
            return 1;
        }
        Instant before = sights.get(from - 1).at();
        return Duration.between(before, sights.get(from).at()).compareTo(longAgo) >= 0
                ? BEGAN_MEANWHILE
                : BEGAN_JUST_NOW;
    }

    private static double chance(Fault fault, Sight sight) {
        double chance = fault.chance(sight);
        return sight.isGood()
                ? (1 - chance) * Fault.stray(sight)
                : fault.match(sight) + (1 - chance) * Fault.stray(sight);
    }

    private Explanation pair(Began one, Began other) {
        double weight = Math.log(one.fault().prior())
                + Math.log(other.fault().prior())
                + Math.log(began(one.from()))
                + Math.log(began(other.from()));
        for (int i = 0; i < sights.size(); i++) {
            Sight sight = sights.get(i);
            double first = i < one.from() ? 0 : one.fault().chance(sight);
            double second = i < other.from() ? 0 : other.fault().chance(sight);
            double neither = (1 - first) * (1 - second) * Fault.stray(sight);
            double fits = sight.isGood()
                    ? 0
                    : Math.max(
                            first == 0 ? 0 : one.fault().match(sight),
                            second == 0 ? 0 : other.fault().match(sight));
            weight += Math.log(neither + fits);
        }
        return new Explanation(List.of(one.fault(), other.fault()), weight);
    }

    private static List<Explanation> normalized(List<Explanation> all) {
        double most = all.stream().mapToDouble(Explanation::weight).max().orElse(0);
        double total =
                all.stream().mapToDouble(one -> Math.exp(one.weight() - most)).sum();
        return all.stream()
                .map(one -> new Explanation(one.faults(), Math.exp(one.weight() - most) / total))
                .sorted(Comparator.comparingDouble((Explanation one) -> -one.weight()))
                .toList();
    }

    private static double sum(double[] values, int from) {
        double sum = 0;
        for (int i = from; i < values.length; i++) {
            sum += values[i];
        }
        return sum;
    }
}
