package org.mailsonar.report.daily;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mailsonar.site.PathRun;

/** Gathers what became of the mails of a site's paths. To be filled by one thread. */
final class SiteTally {

    private final Map<List<String>, PathRuns> paths = new TreeMap<>(SiteTally::byName);
    private final Map<List<String>, PathRuns> machines = new TreeMap<>(SiteTally::byName);

    /** Counts one. */
    void add(PathRun run) {
        String store = run.path().store();
        String mta = run.path().mta();
        String proxy = run.path().proxy();
        count(paths, List.of(run.site(), store, mta, proxy), run, "");
        count(machines, List.of(run.site(), "MTA", mta), run, mta);
        if (!proxy.equals(store)) {
            count(machines, List.of(run.site(), "proxy", proxy), run, proxy);
        }
        count(machines, List.of(run.site(), "store", store), run, store);
    }

    private static void count(Map<List<String>, PathRuns> all, List<String> key, PathRun run, String machine) {
        all.computeIfAbsent(key, _ -> new PathRuns()).add(run, machine);
    }

    SiteDay day() {
        return new SiteDay(
                paths.entrySet().stream()
                        .map(one -> path(one.getKey(), one.getValue()))
                        .toList(),
                machines.entrySet().stream()
                        .map(one -> machine(one.getKey(), one.getValue()))
                        .toList());
    }

    private static SiteDay.PathDay path(List<String> key, PathRuns runs) {
        return new SiteDay.PathDay(key.get(0), key.get(1), key.get(2), key.get(3), runs.runs());
    }

    private static SiteDay.MachineDay machine(List<String> key, PathRuns runs) {
        return new SiteDay.MachineDay(key.get(0), key.get(1), key.get(2), runs.runs(), runs.suspected());
    }

    private static int byName(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** Some mails. */
    private static final class PathRuns {
        private final Latencies submit = new Latencies();
        private final Latencies retrieve = new Latencies();
        private final Latencies total = new Latencies();
        private long all;
        private long slow;
        private long failed;
        private long untried;
        private long suspected;

        void add(PathRun run, String machine) {
            all++;
            switch (run.state()) {
                case GOOD -> {}
                case WARNING -> slow++;
                case FAILING -> failed++;
                case UNKNOWN -> untried++;
            }
            time(submit, run.submit());
            time(retrieve, run.retrieve());
            time(total, run.total());
            if (!run.suspects().isEmpty() && isOf(run.suspects().getFirst(), machine)) {
                suspected++;
            }
        }

        /** A suspect is named first in its line. */
        private static boolean isOf(String suspect, String machine) {
            return !machine.isEmpty()
                    && suspect.startsWith(machine)
                    && (suspect.length() == machine.length() || !isNameCharacter(suspect.charAt(machine.length())));
        }

        private static boolean isNameCharacter(char c) {
            return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
        }

        private static void time(Latencies latencies, @Nullable Duration time) {
            if (time != null) {
                latencies.add(time.toNanos());
            }
        }

        long suspected() {
            return suspected;
        }

        SiteDay.Runs runs() {
            return new SiteDay.Runs(
                    all, slow, failed, untried, submit.roundTrips(), retrieve.roundTrips(), total.roundTrips());
        }
    }
}
