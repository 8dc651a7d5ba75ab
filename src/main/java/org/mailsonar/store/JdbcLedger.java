package org.mailsonar.store;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** The ledger in a relational database. Thread-safe, as the contract says. */
final class JdbcLedger implements Ledger {

    private final Database database;
    private final Jdbi reading;
    private final GroupWriter writer;

    /** Takes over the database and closes it in the end. */
    JdbcLedger(Database database) {
        this.database = database;
        this.reading = Jdbi.create(database.forReading());
        this.writer = new GroupWriter(database);
    }

    @Override
    public void enter(ProbeRecord probe) {
        long sent = Micros.of(probe.sent());
        writer.write(
                probe.id().text(),
                handle -> handle.createUpdate(LedgerSql.ENTER)
                        .bind("id", probe.id().text())
                        .bind("target", probe.target())
                        .bind("address", probe.address().toString())
                        .bind("vantage", probe.vantage())
                        .bind("sent", sent)
                        .bind("timeout", probe.timeout().toNanos())
                        .bind("deadline", deadline(sent, probe.timeout()))
                        .execute());
    }

    /** Computed as {@link LedgerSql#SUBMITTED} does. */
    private static long deadline(long sentMicros, Duration timeout) {
        return Math.addExact(sentMicros, timeout.toNanos() / 1_000);
    }

    @Override
    public void submitted(ProbeId id, Instant sent, String reply) {
        writer.write(
                id.text(),
                handle -> handle.createUpdate(LedgerSql.SUBMITTED)
                        .bind("id", id.text())
                        .bind("sent", Micros.of(sent))
                        .bind("reply", reply)
                        .execute());
    }

    @Override
    public void refused(ProbeId id, String why) {
        failed(id, "refused", why);
    }

    @Override
    public boolean bounced(ProbeId id, String why) {
        return failed(id, "bounced", why);
    }

    private boolean failed(ProbeId id, String outcome, String why) {
        int rows = writer.write(
                id.text(),
                handle -> handle.createUpdate(LedgerSql.FAILED)
                        .bind("id", id.text())
                        .bind("outcome", outcome)
                        .bind("why", why)
                        .execute());
        return rows > 0;
    }

    @Override
    public Optional<Entry> returned(ProbeId id, RoundTrip roundTrip, ProbeRecord.@Nullable Evidence evidence) {
        Optional<ProbeRecord> probe = writer.write(
                id.text(),
                handle -> handle.createQuery(LedgerSql.RETURNED)
                        .bind("id", id.text())
                        .bind("time", roundTrip.time().toNanos())
                        .bind("clock", ProbeRow.name(roundTrip.clock()))
                        .bind("resolution", roundTrip.resolution().toNanos())
                        .bind("received", Micros.of(roundTrip.received()))
                        .bind("arrivedThere", evidence == null ? null : Micros.of(evidence.arrivedThere()))
                        .bind("agent", evidence == null ? null : evidence.agent())
                        .map((row, context) -> ProbeRow.read(row))
                        .findOne());
        return probe.map(found -> new Entry(found, found.duplicates() == 0));
    }

    @Override
    public boolean lost(ProbeId id) {
        int rows = writer.write(
                id.text(),
                handle -> handle.createUpdate(LedgerSql.LOST)
                        .bind("id", id.text())
                        .execute());
        return rows > 0;
    }

    @Override
    public List<ProbeRecord> overdue(Instant now) {
        return read(handle -> handle.createQuery(LedgerSql.OVERDUE)
                .bind("now", Micros.of(now))
                .map((row, context) -> ProbeRow.read(row))
                .list());
    }

    @Override
    public Optional<ProbeRecord> find(ProbeId id) {
        return read(handle -> handle.createQuery(LedgerSql.FIND)
                .bind("id", id.text())
                .map((row, context) -> ProbeRow.read(row))
                .findOne());
    }

    @Override
    public Map<String, ProbeRecord> newestByTarget() {
        Map<String, ProbeRecord> newest = new LinkedHashMap<>();
        read(handle -> newest(handle)).forEach(probe -> newest.put(probe.target(), probe));
        return newest;
    }

    private static List<ProbeRecord> newest(Handle handle) {
        return handle.createQuery(LedgerSql.NEWEST_BY_TARGET)
                .map((row, context) -> ProbeRow.read(row))
                .list();
    }

    @Override
    public void count(String counter) {
        writer.write(
                "counter " + counter,
                handle -> handle.createUpdate(LedgerSql.COUNT)
                        .bind("name", counter)
                        .execute());
    }

    @Override
    public Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        read(handle -> handle.createQuery(LedgerSql.COUNTERS)
                        .map((row, context) -> Map.entry(row.getString("name"), row.getLong("amount")))
                        .list())
                .forEach(counter -> counters.put(counter.getKey(), counter.getValue()));
        return counters;
    }

    @Override
    public void close() {
        writer.close();
        database.close();
    }

    private <T> T read(HandleCallback<T, RuntimeException> work) {
        try {
            return reading.withHandle(work);
        } catch (RuntimeException failed) {
            throw database.explain(failed);
        }
    }
}
