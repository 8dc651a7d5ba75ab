package org.mailsonar.store;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mailsonar.lab.PostgresLab;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;

/**
 * How many probes go through a ledger per second, each entered, submitted and returned, with one caller and with many at once. Not
 * a test: it prints what it measured. Arguments: seconds of each run, and a JDBC URL, or {@code postgres} for one of the lab's own.
 */
final class LedgerRate {

    private final Duration time;
    private final Ledger ledger;

    private LedgerRate(Duration time, Ledger ledger) {
        this.time = time;
        this.ledger = ledger;
    }

    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[0]));
        if (arguments[1].equals("postgres")) {
            try (PostgresLab lab = PostgresLab.start()) {
                measure(time, lab.newDatabase(), lab.password());
            }
        } else {
            measure(time, arguments[1], null);
        }
    }

    private static void measure(Duration time, String url, @Nullable String password) throws Exception {
        try (Ledger ledger = Stores.open(url, password)) {
            LedgerRate rate = new LedgerRate(time, ledger);
            rate.run(64); // compiles what the next runs use
            for (int callers : new int[] {1, 8, 64, 256}) {
                double perSecond = rate.run(callers);
                System.out.printf(
                        Locale.ROOT,
                        "%s callers %d: %.0f probes/s, %.0f writes/s, %.2f ms a write%n",
                        url.substring(0, url.indexOf(':', 5)),
                        callers,
                        perSecond,
                        3 * perSecond,
                        1_000 * callers / (3 * perSecond));
            }
        }
    }

    private double run(int callers) throws Exception {
        AtomicLong probes = new AtomicLong();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                threads.execute(() -> {
                    while (System.nanoTime() - start < time.toNanos()) {
                        one();
                        probes.incrementAndGet();
                    }
                });
            }
        }
        return probes.get() / ((System.nanoTime() - start) / 1e9);
    }

    private void one() {
        ProbeRecord probe = Probes.leaving();
        ledger.enter(probe);
        ledger.submitted(probe.id(), Probes.START, "250 2.0.0 Ok: queued as 4KxYz12345");
        ledger.returned(
                probe.id(),
                Probes.roundTrip(Duration.ofMillis(5)),
                new ProbeRecord.Evidence(Probes.START, "mx1.company.test"));
    }
}
