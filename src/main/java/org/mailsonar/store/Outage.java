package org.mailsonar.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Knows whether a ledger's database is away, keeps what cannot be written meanwhile in a journal, looks every second whether it is
 * back, and then writes what the journal has. Thread-safe.
 */
final class Outage implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger();
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int BATCH = 200;

    /**
     * So long after the database came back nothing is declared lost or slow: the other monitors of this vantage have journals too, and each needs a
     * moment to write what it has.
     */
    private static final Duration CALM = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final Journal journal;
    private final Predicate<LedgerException> isAway;
    private final TimeSource time;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ledger-journal").factory());

    /** Shared by those who write into the journal or past it; exclusive for the end of an outage. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private volatile @Nullable LedgerException reason;

    /** Whether a question failed, and none was answered since. */
    private volatile boolean isTroubled;

    /** When there was trouble last; null when there never was. */
    private volatile @Nullable Moment trouble;

    Outage(Ledger ledger, Journal journal, Predicate<LedgerException> isAway, TimeSource time) {
        this.ledger = ledger;
        this.journal = journal;
        this.isAway = isAway;
        this.time = time;
        if (!journal.isEmpty()) {
            reason = new LedgerException("the journal of an earlier outage is being written into the database", null);
        }
        long nanos = BETWEEN_LOOKS.toNanos();
        var _ = looks.scheduleWithFixedDelay(this::look, 0, nanos, TimeUnit.NANOSECONDS);
    }

    /** Whether everything goes into the journal now. */
    boolean isOn() {
        return reason != null;
    }

    /** Asks the ledger something that cannot wait in a journal. */
    <T> T ask(Supplier<T> question) {
        LedgerException known = reason;
        if (known != null) {
            throw new LedgerException(String.valueOf(known.getMessage()), known);
        }
        try {
            return question.get();
        } catch (LedgerException failed) {
            if (isAway.test(failed)) {
                trouble = time.now();
                isTroubled = true;
            }
            throw failed;
        }
    }

    /**
     * Asks for something to be written that means nothing when no answer comes, though it may have been written by then.
     *
     * @param undoing kept in the journal then
     */
    <T> T ask(Supplier<T> question, JournalEntry undoing) {
        boolean isTried = !isOn();
        try {
            return ask(question);
        } catch (LedgerException failed) {
            if (isTried && isAway.test(failed)) {
                lock.readLock().lock();
                try {
                    begin(failed);
                    journal.append(undoing);
                } finally {
                    lock.readLock().unlock();
                }
            }
            throw failed;
        }
    }

    /** Asks for something to act on; nothing so short after the database came back. */
    <T> List<T> askWhenCalm(Supplier<List<T>> question) {
        if (isTroubled && !isOn()) {
            ask(ledger::counters); // throws while it is away
            trouble = time.now();
            isTroubled = false;
        }
        Moment last = trouble;
        boolean calm = last == null || time.now().since(last).compareTo(CALM) >= 0;
        return calm ? ask(question) : List.of();
    }

    /** Writes, or keeps what is to be written. */
    void write(JournalEntry entry, Supplier<Boolean> direct) {
        write(entry, () -> Optional.of(direct.get()), () -> Optional.of(true));
    }

    /**
     * Writes and says what came of it, or keeps what is to be written and says what will come of it.
     *
     * @param foreseen empty when this process does not know: then nothing is kept, and the failure is thrown
     */
    <T> Optional<T> write(JournalEntry entry, Supplier<Optional<T>> direct, Supplier<Optional<T>> foreseen) {
        lock.readLock().lock();
        try {
            LedgerException known = reason;
            if (known == null) {
                try {
                    return direct.get();
                } catch (LedgerException failed) {
                    known = begin(failed);
                }
            }
            LedgerException away = known;
            T result = foreseen.get().orElseThrow(() -> new LedgerException(String.valueOf(away.getMessage()), away));
            journal.append(entry);
            return Optional.of(result);
        } finally {
            lock.readLock().unlock();
        }
    }

    private LedgerException begin(LedgerException failed) {
        if (!isAway.test(failed)) {
            throw failed;
        }
        trouble = time.now();
        if (reason == null) {
            LOG.warn("{}; what arrives is kept in the journal until it is back", failed.getMessage());
        }
        reason = failed;
        return failed;
    }

    private void look() {
        if (reason == null) {
            return;
        }
        try {
            while (writeSome()) {
                // There is more, or more has come meanwhile.
            }
            end();
        } catch (LedgerException still) {
            trouble = time.now();
            LOG.debug("still away: {}", still.getMessage());
        } catch (RuntimeException unexpected) {
            LOG.error("the journal cannot be written into the database", unexpected);
        }
    }

    /** Applies the oldest entries; false when there were none. */
    private boolean writeSome() {
        List<Map.Entry<Long, JournalEntry>> entries = journal.first(BATCH);
        entries.forEach(entry -> apply(entry.getValue()));
        if (entries.isEmpty()) {
            return false;
        }
        journal.remove(entries.getLast().getKey());
        return true;
    }

    /** What the database refuses for its own sake would be refused for ever, and must not keep the rest back. */
    private void apply(JournalEntry entry) {
        try {
            entry.apply(ledger);
        } catch (LedgerException failed) {
            if (isAway.test(failed)) {
                throw failed;
            }
            LOG.error("left out of the journal: {}: {}", entry, failed.getMessage());
        }
    }

    /** Under the lock nobody can add to the journal, so what is empty then stays so. */
    private void end() {
        ledger.counters(); // throws while the database is away, also when there was nothing to write
        lock.writeLock().lock();
        try {
            if (journal.isEmpty()) {
                reason = null;
                trouble = time.now();
                isTroubled = false;
                LOG.warn("the database is back, and has what was kept in the journal");
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        looks.close();
        journal.close();
    }
}
