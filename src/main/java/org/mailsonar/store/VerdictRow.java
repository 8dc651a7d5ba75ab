package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Standing;
import org.mailsonar.verdict.Verdict;

/** Reads and binds verdicts and what holds them. */
final class VerdictRow {

    private VerdictRow() {}

    /** Binds {@code state}, {@code since}, {@code cause}, {@code trip} and {@code returned}, each with a prefix; null: all are null. */
    static void bind(SqlStatement<?> statement, String prefix, @Nullable Verdict verdict) {
        statement
                .bind(prefix + "state", verdict == null ? null : verdict.state().text())
                .bind(prefix + "since", verdict == null ? null : Stored.micros(verdict.since()))
                .bind(prefix + "cause", verdict == null ? null : Stored.text(verdict.cause()))
                .bind(prefix + "trip", verdict == null ? null : Stored.nanos(verdict.lastRoundTrip()))
                .bind(prefix + "returned", verdict == null ? null : Stored.micros(verdict.lastReturn()));
    }

    private static Verdict verdict(ResultSet row, String prefix) throws SQLException {
        return new Verdict(
                Verdict.State.of(row.getString(prefix + "state")),
                Micros.toInstant(row.getLong(prefix + "since_micros")),
                row.getString(prefix + "cause"),
                duration(row, prefix + "last_trip_nanos"),
                instant(row, prefix + "last_return_micros"));
    }

    private static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? null : Duration.ofNanos(nanos);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Micros.toInstant(micros);
    }

    static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getString("target"),
                row.getString("vantage"),
                verdict(row, ""),
                Micros.toInstant(row.getLong("at_micros")));
    }

    static Situation situation(ResultSet row) throws SQLException {
        return new Situation(
                row.getString("target"),
                verdict(row, ""),
                row.getString("held_state") == null ? null : verdict(row, "held_"),
                row.getString("votes"),
                turns(row.getString("turns")),
                row.getLong("version"));
    }

    static Change change(ResultSet row) throws SQLException {
        return new Change(
                row.getLong("number"),
                row.getString("target"),
                Verdict.State.of(row.getString("from_state")),
                verdict(row, ""),
                Micros.toInstant(row.getLong("at_micros")),
                row.getString("votes"),
                row.getInt("held_back") == 1,
                lines(row.getString("tags")));
    }

    /** Instants in a text. */
    static String text(List<Instant> turns) {
        return turns.stream().map(turn -> Long.toString(Micros.of(turn))).collect(Collectors.joining(","));
    }

    private static List<Instant> turns(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1))
                        .map(micros -> Micros.toInstant(Long.parseLong(micros)))
                        .toList();
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }
}
