package org.mailsonar.verdict;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;

/** The books that an assessor reads and writes, in memory; the store's own tests prove that real ones behave so. Thread-safe. */
final class Books implements Situations {

    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger probesRead = new AtomicInteger();
    final Map<String, List<ProbeRecord>> probes = new ConcurrentHashMap<>();
    final List<Attendance.Sign> signs = new ArrayList<>();

    /** Done once, before the next situation is replaced. */
    volatile Runnable meanwhile = () -> {};

    private final Map<String, Map<String, Standing>> standings = new TreeMap<>();
    private final Map<String, Situation> situations = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    /** A ledger of which only the newest probes can be asked for. */
    Ledger ledger() {
        return (Ledger) Proxy.newProxyInstance(
                Books.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("newest")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return newest(
                            (String) arguments[0], (String) arguments[1], (Instant) arguments[2], (int) arguments[3]);
                });
    }

    private List<ProbeRecord> newest(String target, String vantage, Instant latest, int most) {
        reads.incrementAndGet();
        List<ProbeRecord> newest = probes.getOrDefault(target + "@" + vantage, List.of()).stream()
                .filter(probe -> !probe.sent().isAfter(latest))
                .limit(most)
                .toList();
        probesRead.addAndGet(newest.size());
        return newest;
    }

    /** Signs without blindness. */
    Attendance attendance() {
        return (Attendance) Proxy.newProxyInstance(
                Books.class.getClassLoader(), new Class<?>[] {Attendance.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("signs")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return List.copyOf(signs);
                });
    }

    void sign(String vantage, Instant at) {
        signs.removeIf(sign -> sign.vantage().equals(vantage));
        signs.add(new Attendance.Sign("one@" + vantage, vantage, at, at, null));
    }

    @Override
    public synchronized void note(Standing standing) {
        writes.incrementAndGet();
        standings
                .computeIfAbsent(standing.target(), target -> new TreeMap<>())
                .merge(
                        standing.vantage(),
                        standing,
                        (old, other) -> old.at().isAfter(other.at())
                                        && !old.at().isAfter(other.at().plusSeconds(60))
                                ? old
                                : other);
    }

    @Override
    public synchronized List<Standing> standings(String target) {
        reads.incrementAndGet();
        return List.copyOf(standings.getOrDefault(target, Map.of()).values());
    }

    @Override
    public synchronized Optional<Situation> of(String target) {
        reads.incrementAndGet();
        return Optional.ofNullable(situations.get(target));
    }

    @Override
    public synchronized void each(Consumer<Situation> reader) {
        situations.values().forEach(reader);
    }

    @Override
    public boolean replace(long version, Situation after, List<Change> entered) {
        Runnable first = meanwhile;
        meanwhile = () -> {};
        first.run();
        synchronized (this) {
            Situation before = situations.get(after.target());
            if ((before == null ? 0 : before.version()) != version) {
                return false;
            }
            writes.incrementAndGet();
            situations.put(after.target(), after);
            changes.addAll(entered);
            return true;
        }
    }

    @Override
    public synchronized List<Change> changes(String target, Instant since) {
        return changes.stream()
                .filter(change -> change.target().equals(target) && !change.at().isBefore(since))
                .toList();
    }

    @Override
    public synchronized void eachChange(Instant since, Consumer<Change> reader) {
        changes.stream().filter(change -> !change.at().isBefore(since)).forEach(reader);
    }
}
