package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Weighs every fault alone, and the best of them in pairs, by Bayes' rule. A fault need not be as old as the oldest sight: what worked
 * before it began does not speak against it; but that it began just between two sights is improbable, the more so the closer they are.
 */
final class Explanations {

    /** So many of the best single faults are tried in pairs. */
    private static final int PAIRED = 24;

    /** A fault that shows more surely than this has been looked for. */
    private static final double SEEN = 0.2;

    private static final double BEGAN_JUST_NOW = 0.02;
    private static final double BEGAN_MEANWHILE = 0.2;
    private static final double NOTHING_WRONG = 0.9;

    /**
     * A fault and since when it would be there.
     *
     * @param from the place of the first sight since
     * @param logBegan how probable it is that it began there
     * @param chances how surely it would show in each sight, 0 in those before
     * @param matches how well each bad sight fits, likewise
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Began(
            Fault fault, int from, double logBegan, double logWeight, double[] chances, double[] matches) {}

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
        all.add(new Explanation(List.of(), Math.log(NOTHING_WRONG) + sum(stray)));
        singles.forEach(one -> all.add(new Explanation(List.of(one.fault()), one.logWeight())));
        List<Began> best =
                singles.stream().filter(this::explainsAny).limit(PAIRED).toList();
        for (int i = 0; i < best.size(); i++) {
            for (int j = i + 1; j < best.size(); j++) {
                all.add(pair(best.get(i), best.get(j)));
            }
        }
        return normalized(all);
    }

    private boolean explainsAny(Began began) {
        return sights.subList(began.from(), sights.size()).stream().anyMatch(began.fault()::explains);
    }

    private Began bestBegin(Fault fault) {
        int number = sights.size();
        double[] chances = sights.stream().mapToDouble(fault::chance).toArray();
        double[] matches = sights.stream()
                .mapToDouble(sight -> sight.isGood() ? 0 : fault.match(sight))
                .toArray();
        double since = 0;
        double before = sum(stray);
        int best = number;
        double most = Double.NEGATIVE_INFINITY;
        for (int from = number - 1; from >= 0; from--) {
            since += Math.log(matches[from] + (1 - chances[from]) * Math.exp(stray[from]));
            before -= stray[from];
            boolean isBegin = from == 0
                    || !sights.get(from).at().equals(sights.get(from - 1).at());
            double weight = Math.log(fault.prior()) + Math.log(began(chances, from)) + before + since;
            if (isBegin && weight >= most) {
                most = weight;
                best = from;
            }
        }
        double logBegan = Math.log(began(chances, best));
        Arrays.fill(chances, 0, best, 0);
        Arrays.fill(matches, 0, best, 0);
        return new Began(fault, best, logBegan, most, chances, matches);
    }

    /** How probable it is that it began there: what counts is how long before it would have been seen, and was not. */
    private double began(double[] chances, int from) {
        for (int i = from - 1; i >= 0; i--) {
            if (chances[i] > SEEN) {
                Duration since = Duration.between(
                        sights.get(i).at(),
                        sights.get(Math.min(from, chances.length - 1)).at());
                return since.compareTo(longAgo) >= 0 ? BEGAN_MEANWHILE : BEGAN_JUST_NOW;
            }
        }
        return 1;
    }

    private Explanation pair(Began one, Began other) {
        double weight =
                Math.log(one.fault().prior()) + Math.log(other.fault().prior()) + one.logBegan() + other.logBegan();
        for (int i = 0; i < stray.length; i++) {
            double neither = (1 - one.chances()[i]) * (1 - other.chances()[i]) * Math.exp(stray[i]);
            weight += Math.log(neither + Math.max(one.matches()[i], other.matches()[i]));
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

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }
}
