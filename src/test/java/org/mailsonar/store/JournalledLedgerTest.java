package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.testing.TestClock;

/** A real ledger whose answers get lost on the way, as they do between a database's commit and its word of it. */
class JournalledLedgerTest {

    private static final Duration EVERY = Duration.ofMinutes(20);

    private final TestClock clock = new TestClock(Lives.START);
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path directory;

    private Store store;
    private JournalledLedger ledger;

    @BeforeEach
    void open() {
        store = Stores.openStore("jdbc:sqlite:" + directory.resolve("mailsonar.db"), null);
        Journal journal = new Journal(
                SqliteDatabase.open(directory.resolve("journal.db"), SqliteDatabase.settings(Duration.ofSeconds(5))));
        ledger = new JournalledLedger(losingAnswers(store.ledger()), journal, failure -> true, clock);
    }

    @AfterEach
    void close() {
        ledger.close();
        store.close();
    }

    @Test
    void a_probe_whose_entering_got_no_answer_did_not_leave() {
        ProbeRecord probe = Lives.probe("a", "sydney", Lives.START);
        unanswered.add("enter");
        assertThatThrownBy(() -> ledger.enter(probe)).isInstanceOf(LedgerException.class);

        assertEndedUnsent(probe);
    }

    @Test
    void a_probe_that_was_taken_from_the_agenda_without_an_answer_did_not_leave() {
        store.agenda().write("sydney", List.of(new Agenda.Entry("a", Lives.START, EVERY, true)));
        Agenda.Claim claim = store.agenda()
                .claim("sydney", "m1", Lives.START, Lives.START.plusSeconds(60), 1)
                .getFirst();
        ProbeRecord probe = Lives.probe("a", "sydney", Lives.START);
        Instant next = Lives.START.plus(EVERY);
        unanswered.add("enter");
        assertThatThrownBy(() -> ledger.enter(probe, claim, next)).isInstanceOf(LedgerException.class);

        assertEndedUnsent(probe);
    }

    private void assertEndedUnsent(ProbeRecord probe) {
        Poll.until("the journal to be written", () -> !ledger.isAway());
        assertThat(store.ledger().find(probe.id()))
                .contains(probe.with(
                        new Outcome.SendFailed("the database went away while it was entered"), probe.sent()));
    }

    @Test
    void after_trouble_nothing_is_decided_until_the_database_is_back_for_half_a_minute() {
        ProbeRecord probe = Lives.probe("a", "sydney", Lives.START);
        ledger.enter(probe);
        Instant late = probe.deadline().plusSeconds(1);
        unanswered.addAll(Set.of("find", "counters"));
        assertThatThrownBy(() -> ledger.find(Probes.id())).isInstanceOf(LedgerException.class);
        clock.pass(Duration.ofMinutes(5));
        assertThatThrownBy(() -> ledger.overdue("sydney", "m1", late)).isInstanceOf(LedgerException.class);
        clock.pass(Duration.ofMinutes(5));
        unanswered.clear();
        assertThat(ledger.overdue("sydney", "m1", late)).isEmpty();
        clock.pass(Duration.ofSeconds(29));
        assertThat(ledger.overdue("sydney", "m1", late)).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(ledger.overdue("sydney", "m1", late)).containsExactly(probe);
    }

    /** Does all that it is asked for, but says of some methods that it failed. */
    private Ledger losingAnswers(Ledger real) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (unanswered.contains(method.getName())) {
                            throw new LedgerException("the database is away", null);
                        }
                        return answer;
                    } catch (InvocationTargetException failed) {
                        throw Objects.requireNonNull(failed.getCause());
                    }
                });
    }
}
