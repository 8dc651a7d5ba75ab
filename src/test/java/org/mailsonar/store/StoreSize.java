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

    private static final String SUBMISSION = "< 220 mx.monitor.test ESMTP Postfix\n> EHLO sydney.monitor.test\n"
            + "< 250-mx.monitor.test\n< 250-PIPELINING\n< 250-SIZE 10240000\n< 250-STARTTLS\n< 250-8BITMIME\n"
            + "< 250 SMTPUTF8\n> MAIL FROM:<probe+01M7XSZT60PVBS65VVH4943GH7@monitor.test> SIZE=2048\n"
            + "< 250 2.1.0 Ok\n> RCPT TO:<webscout@company.test>\n< 250 2.1.5 Ok\n> DATA\n"
            + "< 354 End data with <CR><LF>.<CR><LF>\n> .\n< 250 2.0.0 Ok: queued as 4cXyZ12345zBcD\n";
    private static final String HOP = "{\"time\":1795050123000,\"from\":\"mx%d.monitor.test [192.0.2.%d]\","
            + "\"by\":\"mail%d.company.test\",\"with\":\"ESMTPS\",\"tls\":\"TLSv1.3\",\"id\":\"4cXyZ12345zBcD\",\"step\":1000}";

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
            say("bytes a probe %d", (bytes(url, password) - before) / ((long) targets * probes));
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
        ledger.keep(probe.id(), Ledger.Paper.SUBMISSION, SUBMISSION);
        Duration time = Duration.ofMillis(41);
        ledger.returned(
                probe.id(),
                new RoundTrip(probe.sent().plus(time), time, RoundTrip.Clock.MONOTONIC, Duration.ofNanos(1)),
                new ProbeRecord.Evidence(probe.sent().plusMillis(20), "mail1.company.test"));
        ledger.keep(probe.id(), Ledger.Paper.WAY, way());
    }

    /** Three hops there and two back, and what a spam filter wrote: as long as evidence usually is. */
    private static String way() {
        String there = hop(1) + "," + hop(2) + "," + hop(3);
        return "{\"there\":{\"hops\":[" + there + "],\"auth\":[{\"server\":\"mail1.company.test\",\"method\":\"spf\","
                + "\"result\":\"pass\",\"on\":\"smtp.mailfrom=probe@monitor.test\"}]},\"back\":{\"hops\":[" + hop(4)
                + ","
                + hop(5)
                + "]},\"legs\":{\"stamp\":1795050123456,\"agent\":\"mail1.company.test\",\"there\":20,\"back\":21,"
                + "\"skewed\":false}}";
    }

    private static String hop(int number) {
        return HOP.formatted(number, number, number);
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
            time("overdue", () -> store.ledger().overdue("sydney", end));
            time("turned slow", () -> store.ledger().turnedSlow("sydney", end));
            time("newest 50", () -> store.ledger().newest(name(4711), "sydney", 50));
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
        say("%s: %.1f ms", what, (System.nanoTime() - start) / 1e6);
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

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
