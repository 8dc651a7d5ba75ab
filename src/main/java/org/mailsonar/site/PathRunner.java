package org.mailsonar.site;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.time.TimeSource;

/**
 * Sends mails over paths of a site and fetches them. Never two at once at one account, so that no run sees another's mail; otherwise several
 * side by side. Thread-safe; blocks, and is meant for virtual threads.
 */
public final class PathRunner {

    /** So many runs at once, at most: more would measure themselves. */
    static final int AT_ONCE = 8;

    private final Site site;
    private final TokenSigner signer;
    private final TrustedKey trusted;
    private final TimeSource time;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Accounts accounts;

    /**
     * A runner.
     *
     * @param key signs the probes, and proves what may be deleted
     * @param accounts those that others of this process log in to as well
     */
    public PathRunner(Site site, KeyPair key, Accounts accounts, TimeSource time) {
        this.site = site;
        this.signer = new TokenSigner(key.getPrivate(), key.getPublic());
        this.trusted = TrustedKey.of(key.getPublic());
        this.accounts = accounts;
        this.time = time;
    }

    /** Who refused a login. */
    public Refusals refusals() {
        return accounts.refusals();
    }

    /**
     * Runs one path; waits until no other run is at its account. Whatever the site does ends in a result. Where a login has been refused too
     * often it is unknown, and nothing is sent.
     *
     * @throws InterruptedException when the caller gave up on it
     */
    public PathRun run(Path path) throws InterruptedException {
        Store store = site.store(path.store());
        ReentrantLock account = accounts.lock(store);
        account.lockInterruptibly();
        try {
            Instant now = time.now().wall();
            String machine = refusals().heldBackBy(path, now);
            if (machine != null) {
                return Refusals.heldBack(site, path, now, machine);
            }
            room.acquire();
            try {
                PathRun run = new PathAttempt(site, path, signer, trusted, time, random).run();
                refusals().note(run);
                return run;
            } finally {
                room.release();
            }
        } finally {
            account.unlock();
        }
    }

    /**
     * Runs these paths, those of one account one after the other.
     *
     * @param each is shown each result as it comes, one at a time
     * @param goesOn is asked before each; once it says no, no other is begun
     * @return the results in the order of the paths
     * @throws InterruptedException when the caller gave up on it; those that are under way are given up, too
     */
    public List<PathRun> run(List<Path> paths, Consumer<PathRun> each, BooleanSupplier goesOn)
            throws InterruptedException {
        Map<String, List<Integer>> byStore = new LinkedHashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            byStore.computeIfAbsent(paths.get(i).store(), any -> new ArrayList<>())
                    .add(i);
        }
        @Nullable PathRun[] runs = new PathRun[paths.size()];
        ReentrantLock telling = new ReentrantLock();
        List<Thread> threads = new ArrayList<>();
        byStore.forEach((store, places) ->
                threads.add(Thread.ofVirtual().name("paths to " + store).start(() -> {
                    try {
                        for (int i = 0; i < places.size() && goesOn.getAsBoolean(); i++) {
                            PathRun run = run(paths.get(places.get(i)));
                            runs[places.get(i)] = run;
                            tell(run, each, telling);
                        }
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                })));
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
        List<PathRun> ended = new ArrayList<>();
        for (PathRun run : runs) {
            if (run != null) {
                ended.add(run);
            }
        }
        return List.copyOf(ended);
    }

    private static void tell(PathRun run, Consumer<PathRun> each, ReentrantLock telling) {
        telling.lock();
        try {
            each.accept(run);
        } finally {
            telling.unlock();
        }
    }
}
