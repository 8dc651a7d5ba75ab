package org.mailsonar.site;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which paths to run beside one that failed: each shares one machine with it and no other, so that three runs tell which of its machines it is
 * that fails elsewhere, too.
 */
public final class Contrast {

    /** No more than these. */
    static final int MOST = 3;

    private Contrast() {}

    /**
     * Those paths, at most three.
     *
     * @param bad the path that failed
     * @param known paths of which a new run says nothing new
     */
    public static List<Path> to(Path bad, Site site, Set<Path> known) {
        Set<Path> chosen = new LinkedHashSet<>();
        add(
                chosen,
                site,
                known,
                path -> path.store().equals(bad.store())
                        && !path.mta().equals(bad.mta())
                        && (isDirect(bad) || !path.proxy().equals(bad.proxy())));
        add(
                chosen,
                site,
                known,
                path -> !path.store().equals(bad.store())
                        && path.mta().equals(bad.mta())
                        && !path.proxy().equals(bad.proxy()));
        add(
                chosen,
                site,
                known,
                path -> !path.store().equals(bad.store())
                        && !path.mta().equals(bad.mta())
                        && path.proxy().equals(bad.proxy()));
        return List.copyOf(chosen);
    }

    private static void add(Set<Path> chosen, Site site, Set<Path> known, Predicate<Path> wanted) {
        List<Path> candidates = site.paths().stream().filter(wanted).toList();
        if (candidates.stream().noneMatch(known::contains)) {
            candidates.stream().findFirst().ifPresent(chosen::add);
        }
    }

    /** Where a store is asked itself, it stands in the place of the proxy. */
    private static boolean isDirect(Path path) {
        return path.proxy().equals(path.store());
    }
}
