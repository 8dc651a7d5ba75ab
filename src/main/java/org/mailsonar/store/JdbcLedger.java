package org.mailsonar.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** The ledger in a relational database. Thread-safe, as the contract says. */
final class JdbcLedger implements Ledger {

    private static final int MOST_OVERDUE = 1_000;

    private final Access access;
    private final Papers papers;
    private final Runnable closing;

    /** A ledger that closes what it belongs to. */
    JdbcLedger(Access access, Runnable closing) {
        this.access = access;
        this.papers = new Papers(access);
        this.closing = closing;
    }

    @Override
    public void enter(ProbeRecord probe) {
        access.write(key(probe.id()), handle -> ProbeRow.insert(handle, probe));
    }

    @Override
    public boolean enter(ProbeRecord probe, Agenda.Claim claim, Instant next) {
        return access.write(AgendaSql.key(claim.vantage(), claim.target()), handle -> {
            boolean ours = handle.createUpdate(AgendaSql.MOVE_ON)
                            .bind("vantage", claim.vantage())
                            .bind("target", claim.target())
                            .bind("stamp", claim.stamp())
                            .bind("next", Micros.of(next))
                            .execute()
                    > 0;
            if (ours) {
                ProbeRow.insert(handle, probe);
            }
            return ours;
        });
    }

    @Override
    public void submitted(ProbeId id, Instant sent, String reply) {
        access.write(
                key(id),
                handle -> handle.createUpdate(LedgerSql.SUBMITTED)
                        .bind("id", id.text())
                        .bind("sent", Micros.of(sent))
                        .bind("reply", Stored.text(reply))
                        .execute());
    }

    @Override
    public Optional<Entry> end(ProbeId id, Outcome outcome, Instant at) {
        String sql = ProbeRow.isOnlyWaiting(outcome) ? LedgerSql.END_WAITING : LedgerSql.END_KNOWING;
        String why = ProbeRow.why(outcome);
        return access.write(key(id), handle -> {
            Optional<ProbeRecord> ended = handle.createQuery(sql)
                    .bind("id", id.text())
                    .bind("outcome", outcome.name())
                    .bind("why", Stored.textOrNull(why))
                    .bind("at", Micros.of(at))
                    .map((row, context) -> ProbeRow.read(row))
                    .findOne();
            return ended.map(probe -> new Entry(probe, true))
                    .or(() -> find(handle, id).map(probe -> new Entry(probe, false)));
        });
    }

    @Override
    public void note(ProbeId id, String note) {
        access.write(
                key(id),
                handle -> handle.createUpdate(LedgerSql.NOTE)
                        .bind("id", id.text())
                        .bind("note", Stored.text(note))
                        .execute());
    }

    @Override
    public Optional<Entry> returned(ProbeId id, RoundTrip roundTrip, ProbeRecord.@Nullable Evidence evidence) {
        Optional<ProbeRecord> probe = access.write(
                key(id),
                handle -> handle.createQuery(LedgerSql.RETURNED)
                        .bind("id", id.text())
                        .bind("time", roundTrip.time().toNanos())
                        .bind("clock", ProbeRow.name(roundTrip.clock()))
                        .bind("resolution", roundTrip.resolution().toNanos())
                        .bind("received", Micros.of(roundTrip.received()))
                        .bind("arrivedThere", evidence == null ? null : Micros.of(evidence.arrivedThere()))
                        .bind("agent", evidence == null ? null : Stored.text(evidence.agent()))
                        .map((row, context) -> ProbeRow.read(row))
                        .findOne());
        return probe.map(found -> new Entry(found, found.duplicates() == 0));
    }

    @Override
    public List<ProbeRecord> overdue(String vantage, String monitor, Instant now) {
        return access.read(handle -> {
            List<ProbeRecord> found = new ArrayList<>();
            for (String sql : List.of(LedgerSql.OVERDUE_OWN, LedgerSql.OVERDUE_OTHERS)) {
                found.addAll(handle.createQuery(sql)
                        .bind("vantage", vantage)
                        .bind("monitor", monitor)
                        .bind("now", Micros.of(now))
                        .bind("most", MOST_OVERDUE - found.size())
                        .map((row, context) -> ProbeRow.read(row))
                        .list());
            }
            return List.copyOf(found);
        });
    }

    @Override
    public List<ProbeRecord> turnedSlow(String vantage, Instant now) {
        String sql = access.skippingLocked(LedgerSql.TURNED_SLOW);
        return access
                .writeAlone(handle -> handle.createQuery(sql)
                        .bind("vantage", vantage)
                        .bind("now", Micros.of(now))
                        .map((row, context) -> ProbeRow.read(row))
                        .list())
                .stream()
                .sorted(Comparator.comparing(ProbeRecord::slowFrom))
                .toList();
    }

    @Override
    public List<ProbeRecord> newest(String target, String vantage, Instant latest, int most) {
        return access.read(handle -> handle.createQuery(LedgerSql.NEWEST)
                .bind("target", target)
                .bind("vantage", vantage)
                .bind("latest", Micros.of(latest))
                .bind("most", most)
                .map((row, context) -> ProbeRow.read(row))
                .list());
    }

    @Override
    public void each(String target, @Nullable Instant since, Consumer<ProbeRecord> reader) {
        new ProbePages(access, target).each(since, reader);
    }

    @Override
    public void keep(ProbeId id, Paper kind, String text) {
        papers.keep(key(id), id, kind, text);
    }

    @Override
    public Map<Paper, String> papers(ProbeId id) {
        return papers.of(id);
    }

    @Override
    public Optional<ProbeRecord> find(ProbeId id) {
        return access.read(handle -> find(handle, id));
    }

    private static Optional<ProbeRecord> find(Handle handle, ProbeId id) {
        return handle.createQuery(LedgerSql.FIND)
                .bind("id", id.text())
                .map((row, context) -> ProbeRow.read(row))
                .findOne();
    }

    @Override
    public Map<String, ProbeRecord> newestByTarget() {
        Map<String, ProbeRecord> newest = new LinkedHashMap<>();
        access.read(handle -> handle.createQuery(LedgerSql.NEWEST_BY_TARGET)
                        .map((row, context) -> ProbeRow.read(row))
                        .list())
                .forEach(probe -> newest.put(probe.target(), probe));
        return newest;
    }

    @Override
    public void count(String counter) {
        access.write(
                "counter " + counter,
                handle -> handle.createUpdate(LedgerSql.COUNT)
                        .bind("name", counter)
                        .execute());
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        access.read(handle -> handle.createQuery(LedgerSql.COUNTERS)
                        .map((row, context) -> Map.entry(row.getString("name"), row.getLong("amount")))
                        .list())
                .forEach(counter -> counters.put(counter.getKey(), counter.getValue()));
        return counters;
    }

    private static String key(ProbeId id) {
        return "probe " + id.text();
    }

    @Override
    public void close() {
        closing.run();
    }
}
