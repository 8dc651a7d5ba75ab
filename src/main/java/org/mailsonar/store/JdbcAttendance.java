package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.mailsonar.roundtrip.Attendance;

/** Who is at work, in a relational database. Thread-safe, as the contract says. */
final class JdbcAttendance implements Attendance {

    private static final String SIGN = """
            INSERT INTO sign (monitor, vantage, started_micros, at_micros, blind)
            VALUES (:monitor, :vantage, :started, :at, :blind)
            ON CONFLICT (monitor) DO UPDATE SET vantage = excluded.vantage, started_micros = excluded.started_micros,
                at_micros = excluded.at_micros, blind = excluded.blind""";

    private static final String SIGNS = "SELECT * FROM sign ORDER BY vantage, monitor";

    private static final String FORGET = "DELETE FROM sign WHERE at_micros < :before";

    private static final String BLIND = """
            INSERT INTO blindness (monitor, vantage, from_micros, until_micros, why)
            VALUES (:monitor, :vantage, :from, :until, :why)
            ON CONFLICT (monitor, from_micros) DO UPDATE SET why = excluded.why,
                until_micros = CASE WHEN excluded.until_micros > blindness.until_micros
                                    THEN excluded.until_micros ELSE blindness.until_micros END""";

    private static final String BLINDNESSES = """
            SELECT * FROM blindness WHERE vantage = :vantage AND until_micros >= :from AND from_micros <= :until
            ORDER BY from_micros, monitor""";

    private final Access access;

    JdbcAttendance(Access access) {
        this.access = access;
    }

    @Override
    public void sign(Sign sign) {
        access.write(
                "sign " + sign.monitor(),
                handle -> handle.createUpdate(SIGN)
                        .bind("monitor", sign.monitor())
                        .bind("vantage", sign.vantage())
                        .bind("started", Micros.of(sign.started()))
                        .bind("at", Micros.of(sign.at()))
                        .bind("blind", Stored.textOrNull(sign.blind()))
                        .execute());
    }

    @Override
    public List<Sign> signs() {
        return access.read(handle ->
                handle.createQuery(SIGNS).map((row, context) -> readSign(row)).list());
    }

    private static Sign readSign(ResultSet row) throws SQLException {
        return new Sign(
                row.getString("monitor"),
                row.getString("vantage"),
                Micros.toInstant(row.getLong("started_micros")),
                Micros.toInstant(row.getLong("at_micros")),
                row.getString("blind"));
    }

    @Override
    public void forget(Instant before) {
        access.writeAlone(handle ->
                handle.createUpdate(FORGET).bind("before", Micros.of(before)).execute());
    }

    @Override
    public void blind(Blindness blindness) {
        access.write(
                "blindness " + blindness.monitor(),
                handle -> handle.createUpdate(BLIND)
                        .bind("monitor", blindness.monitor())
                        .bind("vantage", blindness.vantage())
                        .bind("from", Micros.of(blindness.from()))
                        .bind("until", Micros.of(blindness.until()))
                        .bind("why", Stored.text(blindness.why()))
                        .execute());
    }

    @Override
    public List<Blindness> blindnesses(String vantage, Instant from, Instant until) {
        return access.read(handle -> handle.createQuery(BLINDNESSES)
                .bind("vantage", vantage)
                .bind("from", Micros.of(from))
                .bind("until", Micros.of(until))
                .map((row, context) -> readBlindness(row))
                .list());
    }

    private static Blindness readBlindness(ResultSet row) throws SQLException {
        return new Blindness(
                row.getString("monitor"),
                row.getString("vantage"),
                Micros.toInstant(row.getLong("from_micros")),
                Micros.toInstant(row.getLong("until_micros")),
                row.getString("why"));
    }
}
