package org.mailsonar.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.site.DirectedResult.Scope;

/**
 * What is to be looked at by itself.
 *
 * @param scope what of it
 * @param machine its name in the site
 * @param store whose test account is used; null for none
 */
public record Aim(Scope scope, String machine, @Nullable String store) {

    /** So many other machines are asked the same, to tell a machine's fault from an account's. */
    private static final int CONTRASTS = 2;

    /**
     * What tells most about runs that were not good: each machine on them, the directory servers that these ask, and for comparison the same
     * account by other machines and another account by the same ones. Each once, so no account sees many logins, and no login that was
     * refused in one of the runs is tried again.
     *
     * @param runs the newest of each path; good ones add nothing
     */
    public static List<Aim> at(Site site, List<PathRun> runs) {
        Refusals refusals = new Refusals();
        runs.forEach(refusals::note);
        return at(site, runs, refusals, Instant.MIN);
    }

    /** The same without the logins that were refused since a time. */
    public static List<Aim> at(Site site, List<PathRun> runs, Refusals refusals, Instant since) {
        Set<Aim> aims = new LinkedHashSet<>();
        List<Path> bad = runs.stream()
                .filter(run -> run.state() == CheckResult.State.FAILING || run.state() == CheckResult.State.WARNING)
                .map(PathRun::path)
                .distinct()
                .toList();
        bad.forEach(path -> addMachines(aims, site, path));
        bad.forEach(path -> addContrasts(aims, site, path));
        return aims.stream().filter(aim -> refusals.allow(aim, since)).toList();
    }

    private static void addMachines(Set<Aim> aims, Site site, Path path) {
        String store = path.store();
        aims.add(new Aim(Scope.CONNECT, path.mta(), null));
        aims.add(new Aim(Scope.SUBMIT, path.mta(), store));
        aims.add(new Aim(Scope.QUEUE, path.mta(), null));
        site.mta(path.mta()).relaysTo().forEach(next -> {
            aims.add(new Aim(Scope.CONNECT, next, null));
            aims.add(new Aim(Scope.SUBMIT, next, store));
            aims.add(new Aim(Scope.QUEUE, next, null));
        });
        aims.add(new Aim(Scope.CONNECT, path.proxy(), null));
        aims.add(new Aim(Scope.RETRIEVE, path.proxy(), store));
        if (site.store(store).direct() != null && !path.proxy().equals(store)) {
            aims.add(new Aim(Scope.CONNECT, store, null));
            aims.add(new Aim(Scope.STORE, store, store));
        }
        Set<String> directories = new LinkedHashSet<>(site.mta(path.mta()).directories());
        directories.addAll(site.store(store).directories());
        site.proxies().stream()
                .filter(proxy -> proxy.name().equals(path.proxy()))
                .forEach(proxy -> directories.addAll(proxy.directories()));
        directories.forEach(directory -> aims.add(new Aim(Scope.DIRECTORY, directory, null)));
    }

    private static void addContrasts(Set<Aim> aims, Site site, Path path) {
        List<Path> all = site.paths();
        List<Aim> contrasts = new ArrayList<>();
        all.stream()
                .filter(other ->
                        other.store().equals(path.store()) && !other.mta().equals(path.mta()))
                .map(other -> new Aim(Scope.SUBMIT, other.mta(), other.store()))
                .distinct()
                .limit(CONTRASTS)
                .forEach(contrasts::add);
        all.stream()
                .filter(other ->
                        other.store().equals(path.store()) && !other.proxy().equals(path.proxy()))
                .map(other -> new Aim(Scope.RETRIEVE, other.proxy(), other.store()))
                .distinct()
                .limit(CONTRASTS)
                .forEach(contrasts::add);
        all.stream()
                .filter(other ->
                        other.mta().equals(path.mta()) && !other.store().equals(path.store()))
                .map(other -> new Aim(Scope.SUBMIT, other.mta(), other.store()))
                .distinct()
                .limit(1)
                .forEach(contrasts::add);
        all.stream()
                .filter(other ->
                        other.proxy().equals(path.proxy()) && !other.store().equals(path.store()))
                .map(other -> new Aim(Scope.RETRIEVE, other.proxy(), other.store()))
                .distinct()
                .limit(1)
                .forEach(contrasts::add);
        aims.addAll(contrasts);
    }
}
