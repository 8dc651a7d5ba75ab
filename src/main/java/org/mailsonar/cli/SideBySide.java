package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.config.ChecksReader;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** Runs many checks at once, and at most two at a time against the same host, which is not to be overrun. */
final class SideBySide {

    private static final int MOST_AT_A_HOST = 2;

    private final Semaphore all;
    private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();
    private final TimeSource time;

    /** At most so many at a time. */
    SideBySide(int most, TimeSource time) {
        this.all = new Semaphore(most, true);
        this.time = time;
    }

    /** Runs all of them, and shows each result as soon as it and those before it are there. */
    void run(List<ChecksReader.Place> places, Consumer<CheckResult> reader) throws InterruptedException {
        if (places.size() == 1) {
            // What virtual threads need is not loaded for the one check of a plugin.
            reader.accept(result(places.getFirst().check()));
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CheckResult>> results = new ArrayList<>(places.size());
            for (ChecksReader.Place place : places) {
                results.add(threads.submit(() -> inTurn(place)));
            }
            for (Future<CheckResult> result : results) {
                reader.accept(result.get());
            }
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }

    /** First the host's turn: who waits for that keeps nobody else from his. */
    private CheckResult inTurn(ChecksReader.Place place) throws InterruptedException {
        Semaphore host =
                hosts.computeIfAbsent(place.host().toLowerCase(Locale.ROOT), _ -> new Semaphore(MOST_AT_A_HOST, true));
        host.acquire();
        try {
            all.acquire();
            try {
                return result(place.check());
            } finally {
                all.release();
            }
        } finally {
            host.release();
        }
    }

    /** A fault of this program's own spoils no other check. */
    private CheckResult result(Check check) throws InterruptedException {
        Moment begun = time.now();
        try {
            return check.run();
        } catch (RuntimeException unexpected) {
            return new CheckResult(
                    check.name(),
                    CheckResult.State.UNKNOWN,
                    "unexpected " + unexpected,
                    begun.wall(),
                    time.now().since(begun),
                    List.of(),
                    List.of(),
                    new Trouble(Trouble.Stage.SET_UP, Trouble.Kind.MISCONFIGURED),
                    null,
                    "");
        }
    }
}
