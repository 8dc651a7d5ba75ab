package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.mailsonar.roundtrip.Agenda;

/** The agenda in a relational database. Thread-safe, as the contract says. */
final class JdbcAgenda implements Agenda {

    /** So many entries are written at a time, all or none, so that others get their turn in between. */
    private static final int CHUNK = 1_000;

    private final Access access;

    JdbcAgenda(Access access) {
        this.access = access;
    }

    @Override
    public Map<String, Entry> entries(String vantage) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        access.read(handle -> handle.createQuery(AgendaSql.ENTRIES)
                        .bind("vantage", vantage)
                        .map((row, context) -> entry(row))
                        .list())
                .forEach(entry -> entries.put(entry.target(), entry));
        return entries;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("target"),
                Micros.toInstant(row.getLong("due_micros")),
                Duration.ofNanos(row.getLong("every_nanos")),
                row.getInt("enabled") == 1);
    }

    @Override
    public void write(String vantage, Collection<Entry> entries) {
        List<Entry> sorted =
                entries.stream().sorted(Comparator.comparing(Entry::target)).toList();
        for (int from = 0; from < sorted.size(); from += CHUNK) {
            List<Entry> chunk = sorted.subList(from, Math.min(from + CHUNK, sorted.size()));
            access.writeAlone(handle -> write(handle, vantage, chunk));
        }
    }

    private static int write(Handle handle, String vantage, List<Entry> entries) {
        PreparedBatch batch = handle.prepareBatch(AgendaSql.WRITE);
        for (Entry entry : entries) {
            batch.bind("vantage", vantage)
                    .bind("target", entry.target())
                    .bind("due", Micros.of(entry.due()))
                    .bind("every", entry.every().toNanos())
                    .bind("enabled", Stored.flag(entry.enabled()))
                    .add();
        }
        return batch.execute().length;
    }

    @Override
    public List<Claim> claim(String vantage, String monitor, Instant now, Instant until, int most) {
        String sql = access.skippingLocked(AgendaSql.CLAIM);
        return access
                .writeAlone(handle -> handle.createQuery(sql)
                        .bind("vantage", vantage)
                        .bind("monitor", monitor)
                        .bind("now", Micros.of(now))
                        .bind("until", Micros.of(until))
                        .bind("most", most)
                        .map((row, context) -> claim(row))
                        .list())
                .stream()
                .sorted(Comparator.comparing(Claim::due))
                .toList();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                row.getString("target"),
                row.getString("vantage"),
                Micros.toInstant(row.getLong("due_micros")),
                row.getInt("retry") == 1,
                row.getLong("stamp"));
    }

    @Override
    public void putBack(Claim claim, Instant due) {
        access.write(
                AgendaSql.key(claim.vantage(), claim.target()),
                handle -> handle.createUpdate(AgendaSql.PUT_BACK)
                        .bind("vantage", claim.vantage())
                        .bind("target", claim.target())
                        .bind("stamp", claim.stamp())
                        .bind("due", Micros.of(due))
                        .execute());
    }

    @Override
    public void retry(String target, String vantage, Instant due, Instant seen, Instant latest) {
        access.write(AgendaSql.key(vantage, target), handle -> {
            handle.createUpdate(AgendaSql.LOCK)
                    .bind("vantage", vantage)
                    .bind("target", target)
                    .execute();
            return handle.createUpdate(AgendaSql.RETRY)
                    .bind("vantage", vantage)
                    .bind("target", target)
                    .bind("due", Micros.of(due))
                    .bind("seen", Micros.of(seen))
                    .bind("latest", Micros.of(latest))
                    .execute();
        });
    }
}
