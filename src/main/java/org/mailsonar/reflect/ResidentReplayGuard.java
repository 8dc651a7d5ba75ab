package org.mailsonar.reflect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.time.TimeSource;

/** The memory of a long-running reflector. Thread-safe. */
final class ResidentReplayGuard implements ReplayGuard {

    private record Probe(String keyFingerprint, String id) {}

    private final Set<Probe> underWay = ConcurrentHashMap.newKeySet();
    private final Cache<Probe, Instant> returned;
    private final Policy.FixedExpiration<Probe, Instant> byAge;
    private final int most;
    private final TimeSource time;

    ResidentReplayGuard(Duration window, int most, TimeSource time) {
        // Without the cache's own limit, which keeps what is asked for often. Here the newest are the ones to keep, as
        // it is
        // the newest that come again. The work is done on the asking thread: there is little of it.
        this.returned = Caffeine.newBuilder()
                .expireAfterWrite(window)
                .ticker(() -> time.now().monotonicNanos())
                .executor(Runnable::run)
                .build();
        this.byAge = returned.policy().expireAfterWrite().orElseThrow();
        this.most = most;
        this.time = time;
    }

    @Override
    public Answer ask(String keyFingerprint, ProbeId id) {
        Probe probe = new Probe(keyFingerprint, id.text());
        @Nullable Instant before = returned.getIfPresent(probe);
        if (before != null) {
            return new Answer.ReturnedAlready(before);
        }
        if (!underWay.add(probe)) {
            return new Answer.UnderWay();
        }
        // Between the two questions another thread may have come to its end: it notes the return first and then lets
        // go.
        @Nullable Instant meanwhile = returned.getIfPresent(probe);
        if (meanwhile != null) {
            underWay.remove(probe);
            return new Answer.ReturnedAlready(meanwhile);
        }
        return new Held(probe);
    }

    /** About how many returned probes are remembered. */
    long size() {
        return returned.estimatedSize();
    }

    private void note(Probe probe) {
        returned.put(probe, time.now().wall());
        if (returned.estimatedSize() > most) {
            // A few at a time, as it takes a lock.
            returned.invalidateAll(byAge.oldest(most / 100 + 1).keySet());
        }
    }

    private final class Held implements Leave {

        private final Probe probe;

        Held(Probe probe) {
            this.probe = probe;
        }

        @Override
        public void returned() {
            note(probe);
        }

        @Override
        public void close() {
            underWay.remove(probe);
        }
    }
}
