package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mailsonar.report.daily.WeekBefore.Silent;
import org.mailsonar.site.PathRun;

/** Gathers what became of the mails of a site's paths, of the day and of the week before. To be filled by one thread. */
final class SiteTally {

    private final Week week;
    private final Map<List<String>, Beside<PathRuns>> paths = new TreeMap<>(SiteTally::byName);
    private final Map<List<String>, Beside<PathRuns>> machines = new TreeMap<>(SiteTally::byName);

    SiteTally(Week week) {
        this.week = week;
    }

    /** Counts one. */
    void add(PathRun run) {
        boolean ofDay = week.isOfDay(run.started());
        String store = run.path().store();
        String mta = run.path().mta();
        String proxy = run.path().proxy();
        of(paths, ofDay, run.site(), store, mta, proxy).add(run, "");
        of(machines, ofDay, run.site(), "MTA", mta).add(run, mta);
        if (!proxy.equals(store)) {
            of(machines, ofDay, run.site(), "proxy", proxy).add(run, proxy);
        }
        of(machines, ofDay, run.site(), "store", store).add(run, store);
    }

    private static PathRuns of(Map<List<String>, Beside<PathRuns>> all, boolean ofDay, String... key) {
        return all.computeIfAbsent(List.of(key), _ -> Beside.of(PathRuns::new)).of(ofDay);
    }

    /** Those that mails went over on the day. */
    SiteDay day() {
        List<SiteDay.PathDay> pathDays = new ArrayList<>();
        paths.forEach((key, runs) -> {
            if (runs.day().all > 0) {
                pathDays.add(path(key, runs.day().runs(), runs.before().runs()));
            }
        });
        List<SiteDay.MachineDay> machineDays = new ArrayList<>();
        machines.forEach((key, runs) -> {
            if (runs.day().all > 0) {
                machineDays.add(machine(key, runs.day(), runs.before()));
            }
        });
        return new SiteDay(pathDays, machineDays);
    }

    private static SiteDay.PathDay path(List<String> key, SiteDay.Runs day, SiteDay.Runs before) {
        return new SiteDay.PathDay(key.get(0), key.get(1), key.get(2), key.get(3), day, before);
    }

    private static SiteDay.MachineDay machine(List<String> key, PathRuns day, PathRuns before) {
        return new SiteDay.MachineDay(
                key.get(0), key.get(1), key.get(2), day.runs(), day.suspected, before.runs(), before.suspected);
    }

    /** Those that mails went over in the week before alone: machines, and paths all of whose machines are there. */
    List<Silent> silent() {
        List<Silent> silent = new ArrayList<>();
        paths.forEach((key, runs) -> {
            SiteDay.PathDay path = path(key, runs.day().runs(), runs.before().runs());
            boolean explained = isSilent(path.site(), "MTA", path.mta())
                    || isSilent(path.site(), "proxy", path.proxy())
                    || isSilent(path.site(), "store", path.store());
            if (runs.day().all == 0 && !explained) {
                silent.add(new Silent("path", path.name(), runs.before().last));
            }
        });
        machines.forEach((key, runs) -> {
            if (runs.day().all == 0) {
                SiteDay.MachineDay machine = machine(key, runs.day(), runs.before());
                silent.add(new Silent("machine", machine.fullName(), runs.before().last));
            }
        });
        return silent;
    }

    private boolean isSilent(String... machine) {
        Beside<PathRuns> runs = machines.get(List.of(machine));
        return runs != null && runs.day().all == 0;
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
        private Instant last = Instant.MIN;

        void add(PathRun run, String machine) {
            all++;
            last = run.started();
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

        SiteDay.Runs runs() {
            return new SiteDay.Runs(
                    all, slow, failed, untried, submit.roundTrips(), retrieve.roundTrips(), total.roundTrips());
        }
    }
}
