package org.mailsonar.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses few paths among which each pair of machines that some path has (store and MTA, store and proxy, MTA and proxy) is together at
 * least once. Where every combination is a path these are as many as the product of the two largest numbers of machines, and fewer are
 * impossible: the choice is a Latin rectangle. Else the path with the most pairs that are still missing is taken next. Always the same
 * for the same paths.
 */
final class PairCover {

    private PairCover() {}

    static List<Path> of(List<Path> paths) {
        List<String> stores = paths.stream().map(Path::store).distinct().toList();
        List<String> mtas = paths.stream().map(Path::mta).distinct().toList();
        List<String> proxies = paths.stream().map(Path::proxy).distinct().toList();
        boolean isComplete = (long) stores.size() * mtas.size() * proxies.size() == paths.size();
        return isComplete ? rectangle(stores, mtas, proxies) : greedy(paths);
    }

    /** The pairs that a path has. */
    static List<String> pairs(Path path) {
        String store = path.store() + " and ";
        // Where there is no proxy the store stands in its place, and makes no pair with itself.
        return path.proxy().equals(path.store())
                ? List.of(store + path.mta())
                : List.of(store + path.mta(), store + path.proxy(), path.mta() + " and " + path.proxy());
    }

    /** Neighbours in the order of the runs share as little as can be, so that the first failure is soon beside a success. */
    private static List<Path> rectangle(List<String> stores, List<String> mtas, List<String> proxies) {
        int most = Math.max(stores.size(), Math.max(mtas.size(), proxies.size()));
        int least = Math.min(stores.size(), Math.min(mtas.size(), proxies.size()));
        int middle = stores.size() + mtas.size() + proxies.size() - most - least;
        List<Path> chosen = new ArrayList<>();
        for (int shift = 0; shift < middle; shift++) {
            for (int i = 0; i < most; i++) {
                chosen.add(cell(stores, mtas, proxies, i, (i + shift) % middle));
            }
        }
        return List.copyOf(chosen);
    }

    /** The largest set is counted by i, the next one by j, and the smallest by both together, so that it meets every one of either. */
    private static Path cell(List<String> stores, List<String> mtas, List<String> proxies, int i, int j) {
        List<List<String>> sets = List.of(stores, mtas, proxies);
        List<Integer> bySize = new ArrayList<>(List.of(0, 1, 2));
        bySize.sort(Comparator.comparingInt((Integer set) -> -sets.get(set).size()));
        String[] names = new String[sets.size()];
        int[] at = {i, j, i + j};
        for (int rank = 0; rank < at.length; rank++) {
            List<String> machines = sets.get(bySize.get(rank));
            names[bySize.get(rank)] = machines.get(at[rank] % machines.size());
        }
        return new Path(names[0], names[1], names[2]);
    }

    private static List<Path> greedy(List<Path> paths) {
        Set<String> missing = new LinkedHashSet<>();
        paths.forEach(path -> missing.addAll(pairs(path)));
        List<Path> chosen = new ArrayList<>();
        while (!missing.isEmpty()) {
            Path best = paths.getFirst();
            long most = 0;
            for (Path path : paths) {
                long gain = pairs(path).stream().filter(missing::contains).count();
                if (gain > most) {
                    most = gain;
                    best = path;
                }
            }
            pairs(best).forEach(missing::remove);
            chosen.add(best);
        }
        return List.copyOf(chosen);
    }
}
