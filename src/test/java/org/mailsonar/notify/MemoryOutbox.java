package org.mailsonar.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

/**
 * An outbox in memory, which outlives the announcers of a test as a database does. It can fail before or after any one of its writes, as
 * a process or a database does that ends. Thread-safe.
 */
final class MemoryOutbox implements Outbox {

    /** What a killed process does: nothing more. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Entry {
        Dispatch dispatch;

        @Nullable
        Instant givenUntil;

        boolean isTold;
        boolean isDropped;

        Entry(Dispatch dispatch) {
            this.dispatch = dispatch;
        }

        boolean waits() {
            return !isTold && !isDropped;
        }
    }

    private final List<Change> changes = new ArrayList<>();
    private final Set<Long> announced = new HashSet<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Problem> acknowledged = new LinkedHashMap<>();
    private int steps;
    private int killAt = -1;
    private boolean killAfter;
    private boolean isDead;

    /** The verdict of a target becomes another. */
    synchronized Change change(String target, Verdict.State state, Instant at) {
        Verdict.State from = changes.stream()
                .filter(change -> change.target().equals(target))
                .reduce((one, other) -> other)
                .map(change -> change.verdict().state())
                .orElse(Verdict.State.HEALTHY);
        Change change = Changes.of(changes.size() + 1, target, from, state, at);
        changes.add(change);
        acknowledged.remove(target);
        return change;
    }

    /** All writes from the one of this number on fail, before or after it is done, until {@link #revive}. */
    synchronized void killAt(int step, boolean after) {
        steps = 0;
        killAt = step;
        killAfter = after;
    }

    /** Somebody has started the process again; whether it was killed at all. */
    synchronized boolean revive() {
        boolean wasDead = isDead;
        isDead = false;
        killAt = -1;
        return wasDead;
    }

    private void write(Runnable work) {
        if (isDead) {
            throw new Killed();
        }
        boolean isLast = steps++ == killAt;
        if (!isLast || killAfter) {
            work.run();
        }
        if (isLast) {
            isDead = true;
            throw new Killed();
        }
    }

    @Override
    public synchronized List<Change> unannounced(int most) {
        return changes.stream()
                .filter(change -> !announced.contains(change.number()))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized void announce(Change change, List<Dispatch> dispatches) {
        write(() -> {
            if (announced.add(change.number())) {
                dispatches.forEach(this::add);
            }
        });
    }

    @Override
    public synchronized void put(Dispatch dispatch) {
        write(() -> add(dispatch));
    }

    private void add(Dispatch dispatch) {
        entries.putIfAbsent(dispatch.key(), new Entry(dispatch));
    }

    @Override
    public synchronized List<Dispatch> claim(Instant now, Instant until, int most) {
        List<Entry> given = entries.values().stream()
                .filter(entry -> entry.waits()
                        && !entry.dispatch.due().isAfter(now)
                        && (entry.givenUntil == null || !entry.givenUntil.isAfter(now)))
                .sorted(Comparator.comparing(entry -> entry.dispatch.due()))
                .limit(most)
                .toList();
        if (!given.isEmpty()) {
            write(() -> given.forEach(entry -> entry.givenUntil = until));
        }
        return given.stream().map(entry -> entry.dispatch).toList();
    }

    @Override
    public synchronized void told(Dispatch dispatch, Instant at) {
        write(() -> entry(dispatch).isTold = true);
    }

    @Override
    public synchronized void again(Dispatch dispatch, int way, Instant due, String trouble) {
        write(() -> replace(dispatch, way, due, entry(dispatch).dispatch.attempts() + 1, trouble));
    }

    @Override
    public synchronized void move(Dispatch dispatch, Instant due) {
        write(() -> {
            Dispatch now = entry(dispatch).dispatch;
            replace(now, now.way(), due, now.attempts(), now.trouble());
        });
    }

    private void replace(Dispatch old, int way, Instant due, int attempts, @Nullable String trouble) {
        Entry entry = entry(old);
        entry.givenUntil = null;
        entry.dispatch = new Dispatch(
                old.number(), old.key(), old.rule(), old.kind(), old.change(), due, way, attempts, trouble);
    }

    @Override
    public synchronized void drop(Dispatch dispatch, Instant at) {
        write(() -> entry(dispatch).isDropped = true);
    }

    private Entry entry(Dispatch dispatch) {
        return Optional.ofNullable(entries.get(dispatch.key())).orElseThrow();
    }

    @Override
    public synchronized List<Dispatch> waiting(String rule, String target) {
        return select(rule, target, Entry::waits);
    }

    @Override
    public synchronized Optional<Dispatch> lastTold(String rule, String target) {
        return select(rule, target, entry -> entry.isTold).stream().reduce((one, other) -> other);
    }

    private List<Dispatch> select(String rule, String target, Predicate<Entry> wanted) {
        return entries.values().stream()
                .filter(wanted)
                .map(entry -> entry.dispatch)
                .filter(dispatch -> dispatch.rule().equals(rule)
                        && dispatch.change().target().equals(target))
                .sorted(Comparator.comparingLong(dispatch -> dispatch.change().number()))
                .toList();
    }

    @Override
    public synchronized int waiting() {
        return (int) entries.values().stream().filter(Entry::waits).count();
    }

    @Override
    public synchronized List<Problem> problems() {
        Map<String, Change> newest = new LinkedHashMap<>();
        changes.forEach(change -> newest.put(change.target(), change));
        return newest.values().stream()
                .filter(change -> Severity.of(change.verdict().state()) != null)
                .map(change -> acknowledged.getOrDefault(change.target(), new Problem(change, null, null)))
                .toList();
    }

    @Override
    public synchronized boolean acknowledge(String target, String by, Instant at) {
        Optional<Problem> problem = problems().stream()
                .filter(one -> one.change().target().equals(target))
                .findFirst();
        problem.ifPresent(one -> acknowledged.put(target, new Problem(one.change(), by, at)));
        return problem.isPresent();
    }
}
