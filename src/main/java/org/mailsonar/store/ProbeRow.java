package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** Reads rows of the table {@code probe}. What no program of ours has written there is an {@link IllegalArgumentException}. */
final class ProbeRow {

    private ProbeRow() {}

    /** The record that the current row holds. */
    static ProbeRecord read(ResultSet row) throws SQLException {
        return new ProbeRecord(
                new ProbeId(row.getString("id")),
                row.getString("target"),
                EmailAddress.parse(row.getString("address")),
                row.getString("vantage"),
                "",
                false,
                Micros.toInstant(row.getLong("sent_micros")),
                Duration.ofNanos(row.getLong("timeout_nanos")),
                Duration.ofNanos(row.getLong("timeout_nanos")),
                row.getString("submission"),
                outcome(row),
                ended(row),
                null,
                row.getInt("duplicates"),
                evidence(row));
    }

    /** How a clock's name stands in the database. */
    static String name(RoundTrip.Clock clock) {
        return clock.name().toLowerCase(Locale.ROOT);
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        String name = row.getString("outcome");
        return switch (name) {
            case "in flight" -> new Outcome.InFlight();
            case "returned" -> new Outcome.Returned(roundTrip(row));
            case "late" -> new Outcome.Late(roundTrip(row));
            case "lost" -> new Outcome.Lost();
            case "refused" -> new Outcome.Refused(row.getString("why"));
            case "bounced" -> new Outcome.Bounced(row.getString("why"));
            default -> throw new IllegalArgumentException("'" + name + "' is no outcome");
        };
    }

    private static @Nullable Instant ended(ResultSet row) throws SQLException {
        return switch (row.getString("outcome")) {
            case "returned", "late" -> Micros.toInstant(row.getLong("received_micros"));
            case "lost" -> Micros.toInstant(row.getLong("deadline_micros"));
            default -> null;
        };
    }

    private static RoundTrip roundTrip(ResultSet row) throws SQLException {
        return new RoundTrip(
                Micros.toInstant(row.getLong("received_micros")),
                Duration.ofNanos(row.getLong("round_trip_nanos")),
                RoundTrip.Clock.valueOf(row.getString("clock").toUpperCase(Locale.ROOT)),
                Duration.ofNanos(row.getLong("resolution_nanos")));
    }

    private static ProbeRecord.@Nullable Evidence evidence(ResultSet row) throws SQLException {
        String agent = row.getString("agent");
        return agent == null
                ? null
                : new ProbeRecord.Evidence(Micros.toInstant(row.getLong("arrived_there_micros")), agent);
    }
}
