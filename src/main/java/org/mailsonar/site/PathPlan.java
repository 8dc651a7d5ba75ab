package org.mailsonar.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which paths are run when: slots in a cycle of whole minutes that begins anew with each multiple of its length since 1970, so that every
 * process with the same plan agrees. Immutable.
 *
 * @param slots in the order of their minutes
 * @param minutes the length of the cycle
 */
public record PathPlan(List<Slot> slots, int minutes) {

    /**
     * One run of the cycle.
     *
     * @param minute from 0
     * @param path what is run
     */
    public record Slot(int minute, Path path) {}

    public PathPlan {
        slots = slots.stream().sorted(Comparator.comparingInt(Slot::minute)).toList();
        if (slots.isEmpty() || minutes < 1) {
            throw new IllegalArgumentException("a plan has a path at least");
        }
    }

    /** All paths every time, or where a time of cover is told a rotation that has each pair of machines in that time. */
    public static PathPlan of(Site site) {
        List<Path> all = site.paths();
        int every = (int) site.timings().every().toMinutes();
        Duration cover = site.timings().cover();
        if (cover == null) {
            return new PathPlan(all.stream().map(path -> new Slot(0, path)).toList(), every);
        }
        int turns = (int) cover.toMinutes() / every;
        List<Path> chosen = all.size() <= turns ? pairsFirst(all) : PairCover.of(all);
        int atOnce = Math.ceilDiv(chosen.size(), turns);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            slots.add(new Slot(i / atOnce * every, chosen.get(i)));
        }
        return new PathPlan(slots, Math.ceilDiv(chosen.size(), atOnce) * every);
    }

    /** All of them, in an order in which each pair comes as early, and so as often, as can be. */
    private static List<Path> pairsFirst(List<Path> all) {
        List<Path> rest = new ArrayList<>(all);
        List<Path> ordered = new ArrayList<>();
        while (!rest.isEmpty()) {
            List<Path> next = PairCover.of(rest);
            ordered.addAll(next);
            rest.removeAll(next);
        }
        return ordered;
    }

    /** The paths of this minute. */
    public List<Path> due(Instant now) {
        long minute = Math.floorMod(Math.floorDiv(now.getEpochSecond(), 60), (long) minutes);
        return slots.stream()
                .filter(slot -> slot.minute() == minute)
                .map(Slot::path)
                .toList();
    }

    /** The paths that it has, each once, in their order. */
    public List<Path> paths() {
        return slots.stream().map(Slot::path).distinct().toList();
    }

    /** The pairs of machines that the site has and this plan never runs; in the order of the site's paths. */
    public List<String> missing(Site site) {
        Set<String> missing = new LinkedHashSet<>();
        site.paths().forEach(path -> missing.addAll(PairCover.pairs(path)));
        slots.forEach(slot -> PairCover.pairs(slot.path()).forEach(missing::remove));
        return List.copyOf(missing);
    }

    /** The longest time between two runs of a pair of machines; null where a pair of the site's is never run. */
    public @Nullable Duration coverTime(Site site) {
        if (!missing(site).isEmpty()) {
            return null;
        }
        Map<String, TreeMap<Integer, Boolean>> runs = new HashMap<>();
        for (Slot slot : slots) {
            for (String pair : PairCover.pairs(slot.path())) {
                runs.computeIfAbsent(pair, any -> new TreeMap<>()).put(slot.minute(), true);
            }
        }
        return Duration.ofMinutes(runs.values().stream()
                .mapToInt(times -> longestGap(List.copyOf(times.keySet())))
                .max()
                .orElse(minutes));
    }

    private int longestGap(List<Integer> times) {
        int longest = times.getFirst() + minutes - times.getLast();
        for (int i = 1; i < times.size(); i++) {
            longest = Math.max(longest, times.get(i) - times.get(i - 1));
        }
        return longest;
    }
}
