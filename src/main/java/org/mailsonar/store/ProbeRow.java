package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
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
                row.getString("monitor"),
                row.getInt("retry") == 1,
                Micros.toInstant(row.getLong("sent_micros")),
                Duration.ofNanos(row.getLong("slow_nanos")),
                Duration.ofNanos(row.getLong("timeout_nanos")),
                row.getString("submission"),
                outcome(row),
                VerdictRow.instant(row, "ended_micros"),
                row.getString("note"),
                row.getInt("duplicates"),
                evidence(row));
    }

    /** Enters a probe that is about to leave. */
    static int insert(Handle handle, ProbeRecord probe) {
        long sent = Micros.of(probe.sent());
        boolean neverSlow = probe.slowAfter().compareTo(probe.timeout()) >= 0;
        return handle.createUpdate(LedgerSql.ENTER)
                .bind("id", probe.id().text())
                .bind("target", probe.target())
                .bind("address", probe.address().toString())
                .bind("vantage", probe.vantage())
                .bind("monitor", probe.monitor())
                .bind("retry", Stored.flag(probe.retry()))
                .bind("sent", sent)
                .bind("slow", probe.slowAfter().toNanos())
                .bind("timeout", probe.timeout().toNanos())
                .bind("deadline", after(sent, probe.timeout()))
                .bind("slowFrom", neverSlow ? null : after(sent, probe.slowAfter()))
                .execute();
    }

    /** Computed as {@link LedgerSql#SUBMITTED} does. */
    private static Long after(long sentMicros, Duration time) {
        return Math.addExact(sentMicros, time.toNanos() / 1_000);
    }

    /** Whether an outcome says no more than that nothing came. */
    static boolean isOnlyWaiting(Outcome outcome) {
        return outcome instanceof Outcome.Lost || outcome instanceof Outcome.Inconclusive;
    }

    /** Why a probe ended so; null for one that was lost. */
    static @Nullable String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Lost lost -> null;
            case Outcome.Refused(String why) -> why;
            case Outcome.Bounced(String why) -> why;
            case Outcome.Deferred(String why) -> why;
            case Outcome.SendFailed(String why) -> why;
            case Outcome.Inconclusive(String why) -> why;
            case Outcome.InFlight inFlight -> throw noEnd(inFlight);
            case Outcome.Returned returned -> throw noEnd(returned);
            case Outcome.Late late -> throw noEnd(late);
        };
    }

    private static IllegalArgumentException noEnd(Outcome outcome) {
        return new IllegalArgumentException("'" + outcome.name() + "' is not entered as an end");
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
            case "deferred" -> new Outcome.Deferred(row.getString("why"));
            case "send failed" -> new Outcome.SendFailed(row.getString("why"));
            case "inconclusive" -> new Outcome.Inconclusive(row.getString("why"));
            default -> throw new IllegalArgumentException("'" + name + "' is no outcome");
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
