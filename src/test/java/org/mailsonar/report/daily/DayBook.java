package org.mailsonar.report.daily;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.host.HostSample;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.site.PathRun;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Verdict;
import org.mailsonar.verdict.Verdict.State;

/** A real store that tests fill with what happened on some days. */
final class DayBook implements AutoCloseable {

    static final Duration SLOW = Duration.ofSeconds(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> writes = new ArrayList<>();
    private final Map<String, Situation> situations = new HashMap<>();
    private final List<Target> targets = new ArrayList<>();

    DayBook(String url, @Nullable String password) {
        this.store = Stores.openStore(url, password);
    }

    static DayBook in(Path directory) {
        return new DayBook("jdbc:sqlite:" + directory.resolve("day.db"), null);
    }

    Store store() {
        settle();
        return store;
    }

    /** A target that is probed every hour, slow from ten seconds on, and lost after a minute. */
    Target target(String name) {
        Target target = new Target(
                name, EmailAddress.parse("webscout@company.test"), Duration.ofHours(1), SLOW, Duration.ofMinutes(1), 0);
        targets.add(target);
        return target;
    }

    /** A probe that came back. */
    ProbeRecord returned(String target, String vantage, Instant sent, Duration time) {
        ProbeRecord probe = probe(target, vantage, sent);
        write(() -> {
            store.ledger().enter(probe);
            store.ledger().returned(probe.id(), trip(sent, time), null);
        });
        return probe;
    }

    /** Many at a time, since each is synced to disk. */
    private void write(Runnable work) {
        writes.add(threads.submit(work));
    }

    private void settle() {
        try {
            for (Future<?> write : writes) {
                write.get();
            }
            writes.clear();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** One more return of it. */
    void again(ProbeRecord probe) {
        settle();
        store.ledger().returned(probe.id(), trip(probe.sent(), Duration.ofSeconds(9)), null);
    }

    private static RoundTrip trip(Instant sent, Duration time) {
        return new RoundTrip(sent.plus(time), time, RoundTrip.Clock.MONOTONIC, Duration.ZERO);
    }

    /** A probe that ended in another way. */
    void ended(String target, String vantage, Instant sent, Outcome outcome) {
        ProbeRecord probe = probe(target, vantage, sent);
        write(() -> {
            store.ledger().enter(probe);
            store.ledger().end(probe.id(), outcome, sent.plusSeconds(60));
        });
    }

    /** A probe that is on its way. */
    void entered(String target, String vantage, Instant sent) {
        store.ledger().enter(probe(target, vantage, sent));
    }

    private static ProbeRecord probe(String target, String vantage, Instant sent) {
        Target probed = new Target(
                target,
                EmailAddress.parse("webscout@company.test"),
                Duration.ofHours(1),
                SLOW,
                Duration.ofMinutes(1),
                0);
        return ProbeRecord.leaving(
                ProbeId.create(sent.minusMillis(3), RANDOM), probed, vantage, vantage + "-1", false, sent);
    }

    /** The verdict became another at an instant. */
    void change(String target, State state, Instant since, Instant at, String cause) {
        change(target, state, since, at, cause, false);
    }

    void change(String target, State state, Instant since, Instant at, String cause, boolean heldBack) {
        Situation before = situations.get(target);
        Verdict verdict = new Verdict(state, since, cause, null, null);
        State from = before == null ? State.HEALTHY : before.verdict().state();
        long version = before == null ? 0 : before.version();
        Situation after = new Situation(
                target, heldBack && before != null ? before.verdict() : verdict, null, "", List.of(), version + 1);
        Change change = new Change(0, target, from, verdict, at, "1 of 1, needs 1", heldBack, List.of());
        if (!store.situations().replace(version, after, List.of(change))) {
            throw new IllegalStateException("not replaced");
        }
        situations.put(target, after);
    }

    /** It was judged, and nothing changed. */
    void standing(String target, State state, Instant since) {
        Situation situation = new Situation(target, new Verdict(state, since, "", null, null), null, "", List.of(), 1);
        store.situations().replace(0, situation, List.of());
        situations.put(target, situation);
    }

    void blind(String vantage, Instant from, Instant until, String why) {
        store.attendance().blind(new Attendance.Blindness(vantage + "-1", vantage, from, until, why));
    }

    void add(CheckRecord check) {
        write(() -> store.checks().add(check));
    }

    void add(HostSample sample) {
        write(() -> store.checks().add(sample));
    }

    void add(PathRun run) {
        write(() -> store.paths().add("sydney", run));
    }

    /** The report of a day, made at an instant. */
    DailyReport report(ReportDay day, Instant now) {
        return report(day, now, Duration.ofDays(90));
    }

    /** The same where probes are kept for some time. */
    DailyReport report(ReportDay day, Instant now, Duration kept) {
        settle();
        ReportMaker.Books books = new ReportMaker.Books(
                store.archive(), store.situations(), store.attendance(), store.checks(), store.paths());
        return new ReportMaker(books, targets, "sydney", kept, TimeSource.of(() -> now, () -> 0)).make(day);
    }

    @Override
    public void close() {
        threads.close();
        store.close();
    }
}
