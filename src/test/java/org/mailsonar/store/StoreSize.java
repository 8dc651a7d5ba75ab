package org.mailsonar.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mailsonar.lab.PostgresLab;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Standing;
import org.mailsonar.verdict.Verdict;

/**
 * How large a store grows and how long its frequent questions take with many targets. Not a test: it prints what it measured.
 * Arguments: targets, probes of each, and a JDBC URL of SQLite, or {@code postgres} for a server of the lab's own.
 */
final class StoreSize {

    private static final String SUBMISSION = """
            < 220 mx.monitor.test ESMTP Postfix
            > EHLO sydney.monitor.test
            < 250-mx.monitor.test
            < 250-PIPELINING
            < 250-SIZE 10240000
            < 250-STARTTLS
            < 250-8BITMIME
            < 250 SMTPUTF8
            > MAIL FROM:<probe+PROBE@monitor.test> SIZE=2048
            < 250 2.1.0 Ok
            > RCPT TO:<webscout@company.test>
            < 250 2.1.5 Ok
            > DATA
            < 354 End data with <CR><LF>.<CR><LF>
            > .
            < 250 2.0.0 Ok: queued as PROBE
            """;

    private final Store store;
    private final int targets;

    private StoreSize(Store store, int targets) {
        this.store = store;
        this.targets = targets;
    }

    public static void main(String[] arguments) throws Exception {
        int targets = Integer.parseInt(arguments[0]);
        int probes = Integer.parseInt(arguments[1]);
        if (arguments[2].equals("postgres")) {
            try (PostgresLab lab = PostgresLab.start()) {
                measure(lab.newDatabase(), lab.password(), targets, probes);
            }
        } else {
            measure(arguments[2], null, targets, probes);
        }
    }

    private static void measure(String url, @Nullable String password, int targets, int probes) throws Exception {
        try (Store store = Stores.openStore(url, password)) {
            StoreSize size = new StoreSize(store, targets);
            size.time("agenda written", size::writeAgenda);
            long before = bytes(url, password);
            for (int i = 0; i < probes; i++) {
                int round = i;
                size.time("probes with evidence, round " + i, () -> size.probeAll(round));
            }
            say("bytes a probe", (bytes(url, password) - before) / ((double) targets * probes));
            size.time("situations", size::judgeAll);
            size.questions();
        }
    }

    private void writeAgenda() {
        List<Agenda.Entry> entries = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            entries.add(new Agenda.Entry(name(i), Lives.START.plusMillis(i), Duration.ofMinutes(20), true));
        }
        store.agenda().write("sydney", entries);
    }

    private void probeAll(int round) throws InterruptedException {
        Instant start = Lives.START.plusSeconds(1_200L * round);
        Semaphore turns = new Semaphore(256);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < targets; i++) {
                ProbeRecord probe = Lives.probe(name(i), "sydney", start.plusMillis(i));
                turns.acquire();
                threads.execute(() -> {
                    one(probe);
                    turns.release();
                });
            }
        }
    }

    private void one(ProbeRecord probe) {
        Ledger ledger = store.ledger();
        ledger.enter(probe);
        ledger.submitted(probe.id(), probe.sent(), "250 2.0.0 Ok: queued as 4cXyZ12345zBcD");
        ledger.keep(
                probe.id(),
                Ledger.Paper.SUBMISSION,
                SUBMISSION.replace("PROBE", probe.id().text()));
        Duration time = Duration.ofMillis(41);
        ledger.returned(
                probe.id(),
                new RoundTrip(probe.sent().plus(time), time, RoundTrip.Clock.MONOTONIC, Duration.ofNanos(1)),
                new ProbeRecord.Evidence(probe.sent().plusMillis(20), "mail1.company.test"));
        ledger.keep(probe.id(), Ledger.Paper.WAY, way());
    }

    /** Three hops there and two back, each with a time and an id of its own: as long as evidence usually is. */
    private static String way() {
        String there = hop(1) + "," + hop(2) + "," + hop(3);
        return "{\"there\":{\"hops\":[" + there + "],\"auth\":[{\"server\":\"mail1.company.test\",\"method\":\"spf\","
                + "\"result\":\"pass\",\"on\":\"smtp.mailfrom=probe@monitor.test\"}]},\"back\":{\"hops\":[" + hop(4)
                + ","
                + hop(5) + "]},\"legs\":{\"stamp\":" + random(1_795_050_000_000L) + ",\"agent\":\"mail1.company.test\","
                + "\"there\":20,\"back\":21,\"skewed\":false}}";
    }

    private static String hop(int number) {
        return "{\"time\":%1$d,\"from\":\"mx%2$d.monitor.test [192.0.2.%2$d]\",\"by\":\"mail%2$d.company.test\",\"with\":\"ESMTPS\",\"tls\":\"TLSv1.3\",\"id\":\"%3$s\",\"step\":1000}"
                .formatted(random(1_795_050_000_000L), number, Long.toString(random(1L << 55), 36));
    }

    private static long random(long from) {
        return from + ThreadLocalRandom.current().nextLong(1L << 40);
    }

    private void judgeAll() throws InterruptedException {
        Semaphore turns = new Semaphore(256);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < targets; i++) {
                String target = name(i);
                turns.acquire();
                threads.execute(() -> {
                    Verdict verdict = Lives.verdict(Verdict.State.HEALTHY, Lives.START);
                    store.situations().note(new Standing(target, "sydney", verdict, Lives.START));
                    store.situations().replace(0, new Situation(target, verdict, null, "", List.of(), 1), List.of());
                    turns.release();
                });
            }
        }
    }

    private void questions() throws InterruptedException {
        Instant end = Lives.START.plus(Duration.ofDays(1));
        for (int i = 0; i < 2; i++) { // the first time finds nothing in memory
            time("status: every situation", () -> store.situations().each(situation -> {}));
            time("newest by target", () -> store.ledger().newestByTarget());
            time("entries", () -> store.agenda().entries("sydney"));
            time("claim 100", () -> store.agenda().claim("sydney", "m1", end, end, 100));
            time("overdue", () -> store.ledger().overdue("sydney", "m1", end));
            time("turned slow", () -> store.ledger().turnedSlow("sydney", end));
            time("newest 50", () -> store.ledger().newest(name(4711), "sydney", end, 50));
            time("history", () -> store.ledger().each(name(4711), null, probe -> {}));
        }
        Instant old = Lives.START.plus(Duration.ofDays(100));
        time("tidy 500", () -> store.tidy(old, Duration.ofDays(90), Duration.ofDays(730)));
        time("tidy 500", () -> store.tidy(old, Duration.ofDays(90), Duration.ofDays(730)));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void time(String what, Work work) throws InterruptedException {
        long start = System.nanoTime();
        work.run();
        say(what + ", ms", (System.nanoTime() - start) / 1e6);
    }

    private static long bytes(String url, @Nullable String password) throws SQLException, java.io.IOException {
        try (Connection connection = DriverManager.getConnection(url, null, password);
                Statement statement = connection.createStatement()) {
            if (password == null) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                return Files.size(Path.of(url.substring("jdbc:sqlite:".length())));
            }
            statement.execute("VACUUM ANALYZE");
            try (ResultSet row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String name(int number) {
        return "target-%06d".formatted(number);
    }

    private static void say(String what, double value) {
        System.out.printf(Locale.ROOT, "%s: %.1f%n", what, value);
    }
}
