package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailsonar.lab.NeedsPostgres;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.PostgresLab;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** A PostgreSQL that goes away for a while, and what is in it afterwards. */
@NeedsPostgres
class JournalIT {

    private static final ProbeRecord.Evidence EVIDENCE = new ProbeRecord.Evidence(Lives.START, "mx1.company.test");

    @TempDir
    private Path directory;

    private PostgresLab lab;
    private Store store;

    @BeforeEach
    void start() throws IOException {
        lab = PostgresLab.start();
        store = open();
    }

    @AfterEach
    void end() {
        store.close();
        lab.close();
    }

    private Store open() {
        return Stores.openStore(lab.url() + "&socketTimeout=2", lab.password(), directory.resolve("journal.db"));
    }

    /** How it goes. */
    enum Trouble {
        STOPPED,
        KILLED,
        HANGING
    }

    private void begin(Trouble trouble) {
        switch (trouble) {
            case STOPPED -> lab.stop();
            case KILLED -> lab.kill();
            case HANGING -> lab.freeze();
        }
    }

    private void end(Trouble trouble) {
        switch (trouble) {
            case STOPPED, KILLED -> lab.startAgain();
            case HANGING -> lab.thaw();
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void no_round_trip_is_lost_and_each_has_its_true_time(Trouble trouble) throws Exception {
        Map<ProbeId, RoundTrip> trips = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            trips.put(entered(i).id(), trip(i));
        }
        begin(trouble);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Ledger.Entry>> entries = new ArrayList<>();
            trips.forEach((id, trip) -> entries.add(threads.submit(
                    () -> store.ledger().returned(id, trip, EVIDENCE).orElseThrow())));
            for (Future<Ledger.Entry> entry : entries) {
                assertThat(entry.get().first()).isTrue();
                assertThat(entry.get().probe().outcome()).isInstanceOf(Outcome.Returned.class);
            }
        }
        end(trouble);
        awaitWritten();
        try (Ledger ledger = Stores.open(lab.url(), lab.password())) {
            trips.forEach((id, trip) -> {
                ProbeRecord probe = ledger.find(id).orElseThrow();
                assertThat(probe.outcome()).isEqualTo(new Outcome.Returned(trip));
                assertThat(probe.evidence()).isEqualTo(EVIDENCE);
                assertThat(probe.duplicates()).isZero();
            });
        }
    }

    @Test
    void a_probes_story_is_written_in_its_order() {
        ProbeRecord sent = entered(1);
        ProbeRecord bounced = entered(2);
        ProbeRecord twice = entered(3);
        lab.stop();
        Instant left = sent.sent().plusSeconds(1);
        store.ledger().submitted(sent.id(), left, "250 2.0.0 ok");
        store.ledger().note(sent.id(), "delayed");
        store.ledger().keep(sent.id(), Ledger.Paper.SUBMISSION, "> MAIL");
        store.ledger().count("strangers");
        store.ledger().end(bounced.id(), new Outcome.Bounced("5.1.1"), left);
        store.ledger().returned(twice.id(), trip(3), null);
        assertThat(store.ledger()
                        .returned(twice.id(), trip(9), null)
                        .orElseThrow()
                        .first())
                .isFalse();
        assertThat(store.ledger().find(twice.id()).orElseThrow().duplicates()).isEqualTo(1);
        lab.startAgain();
        awaitWritten();
        try (Ledger ledger = Stores.open(lab.url(), lab.password())) {
            ProbeRecord found = ledger.find(sent.id()).orElseThrow();
            assertThat(found.sent()).isEqualTo(left);
            assertThat(found.submission()).isEqualTo("250 2.0.0 ok");
            assertThat(found.note()).isEqualTo("delayed");
            assertThat(ledger.papers(sent.id())).containsEntry(Ledger.Paper.SUBMISSION, "> MAIL");
            assertThat(ledger.counters()).containsEntry("strangers", 1L);
            assertThat(ledger.find(bounced.id()).orElseThrow())
                    .isEqualTo(bounced.with(new Outcome.Bounced("5.1.1"), left));
            assertThat(ledger.find(twice.id()).orElseThrow().outcome()).isEqualTo(new Outcome.Returned(trip(3)));
            assertThat(ledger.find(twice.id()).orElseThrow().duplicates()).isEqualTo(1);
        }
    }

    @Test
    void while_it_is_away_nothing_is_sent_and_nothing_is_lost() {
        ProbeRecord probe = entered(1);
        lab.stop();
        assertThatThrownBy(() -> store.ledger().enter(probe(2))).isInstanceOf(LedgerException.class);
        assertThat(store.ledger().overdue("sydney", "m1", probe.deadline().plusSeconds(1)))
                .isEmpty();
        assertThatThrownBy(() -> store.ledger().returned(Probes.id(), trip(1), null))
                .isInstanceOf(LedgerException.class);
        assertThat(store.ledger().returned(probe.id(), trip(1), null)).isPresent();
        assertThat(store.ledger().find(probe.id()).orElseThrow().outcome()).isEqualTo(new Outcome.Returned(trip(1)));
    }

    @Test
    void a_journal_that_an_ended_process_left_is_written_by_the_next_one() {
        ProbeRecord probe = entered(1);
        lab.stop();
        store.ledger().returned(probe.id(), trip(1), EVIDENCE);
        store.close();
        lab.startAgain();
        store = open();
        awaitWritten();
        assertThat(store.ledger().find(probe.id()).orElseThrow().outcome()).isEqualTo(new Outcome.Returned(trip(1)));
    }

    @Test
    void entries_that_are_written_twice_change_nothing() {
        ProbeRecord probe = entered(1);
        try (Ledger ledger = Stores.open(lab.url(), lab.password())) {
            List<JournalEntry> entries = List.of(
                    new JournalEntry.Submitted(probe.id(), probe.sent(), "250 ok"),
                    new JournalEntry.Ended(probe.id(), new Outcome.Bounced("5.1.1"), probe.deadline()),
                    new JournalEntry.Returned(probe.id(), trip(1), EVIDENCE),
                    new JournalEntry.Kept(probe.id(), Ledger.Paper.WAY, "{}"));
            entries.forEach(entry -> entry.apply(ledger));
            ProbeRecord once = ledger.find(probe.id()).orElseThrow();
            entries.forEach(entry -> entry.apply(ledger));
            assertThat(ledger.find(probe.id())).contains(once);
        }
    }

    @Test
    void every_kind_of_entry_is_read_back_the_same() {
        ProbeId id = Probes.id();
        List<JournalEntry> entries = new ArrayList<>(List.of(
                new JournalEntry.Submitted(id, Lives.START, "250 ok"),
                new JournalEntry.Returned(id, trip(1), EVIDENCE),
                new JournalEntry.Returned(id, trip(1), null),
                new JournalEntry.Noted(id, "delayed"),
                new JournalEntry.Kept(id, Ledger.Paper.BOUNCE, "line\nline"),
                new JournalEntry.Counted("strangers")));
        for (Outcome outcome : List.of(
                new Outcome.Lost(),
                new Outcome.Refused("a"),
                new Outcome.Bounced("b"),
                new Outcome.Deferred("c"),
                new Outcome.SendFailed("d"),
                new Outcome.Inconclusive("e"))) {
            entries.add(new JournalEntry.Ended(id, outcome, Lives.START));
        }
        try (Journal journal = new Journal(
                SqliteDatabase.open(directory.resolve("other.db"), SqliteDatabase.settings(Duration.ofSeconds(5))))) {
            entries.forEach(journal::append);
            assertThat(journal.first(100)).extracting(Map.Entry::getValue).containsExactlyElementsOf(entries);
            journal.remove(journal.first(100).getLast().getKey());
            assertThat(journal.isEmpty()).isTrue();
        }
    }

    /** Returns when the outage is over for the store too. */
    private void awaitWritten() {
        JournalledLedger ledger = (JournalledLedger) store.ledger();
        Poll.until("the journal to be written", () -> !ledger.isAway());
    }

    private ProbeRecord entered(int number) {
        ProbeRecord probe = probe(number);
        store.ledger().enter(probe);
        return probe;
    }

    private static ProbeRecord probe(int number) {
        return Lives.probe("target " + number, "sydney", Lives.START.plusSeconds(number));
    }

    private static RoundTrip trip(int number) {
        Duration time = Duration.ofMillis(40 + number);
        return new RoundTrip(
                Lives.START.plusSeconds(number).plus(time), time, RoundTrip.Clock.MONOTONIC, Duration.ofNanos(1));
    }
}
