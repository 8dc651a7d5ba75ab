package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** What could not be written into a ledger, to be written later. Each kind may be applied twice and does the same as once, but counting. */
sealed interface JournalEntry {

    /** Writes it; nothing where the ledger knows it already. */
    void apply(Ledger ledger);

    /** See {@link Ledger#submitted}. */
    record Submitted(ProbeId id, Instant sent, String reply) implements JournalEntry {
        @Override
        public void apply(Ledger ledger) {
            ledger.submitted(id, sent, reply);
        }
    }

    /** See {@link Ledger#end}. */
    record Ended(ProbeId id, Outcome outcome, Instant at) implements JournalEntry {
        @Override
        public void apply(Ledger ledger) {
            ledger.end(id, outcome, at);
        }
    }

    /** See {@link Ledger#returned}. It may be there already, if the database went away after it had been written and before it said so. */
    record Returned(ProbeId id, RoundTrip roundTrip, ProbeRecord.@Nullable Evidence evidence) implements JournalEntry {
        @Override
        public void apply(Ledger ledger) {
            boolean there = ledger.find(id)
                    .filter(probe -> switch (probe.outcome()) {
                        case Outcome.Returned(RoundTrip trip) -> isSame(trip);
                        case Outcome.Late(RoundTrip trip) -> isSame(trip);
                        default -> false;
                    })
                    .isPresent();
            if (!there) {
                ledger.returned(id, roundTrip, evidence);
            }
        }

        private boolean isSame(RoundTrip other) {
            return other.time().equals(roundTrip.time())
                    && Micros.of(other.received()) == Micros.of(roundTrip.received());
        }
    }

    /** See {@link Ledger#note}. */
    record Noted(ProbeId id, String note) implements JournalEntry {
        @Override
        public void apply(Ledger ledger) {
            ledger.note(id, note);
        }
    }

    /** See {@link Ledger#keep}. */
    record Kept(ProbeId id, Ledger.Paper kind, String text) implements JournalEntry {
        @Override
        public void apply(Ledger ledger) {
            ledger.keep(id, kind, text);
        }
    }

    /** See {@link Ledger#count}. */
    record Counted(String counter) implements JournalEntry {
        @Override
        public void apply(Ledger ledger) {
            ledger.count(counter);
        }
    }

    /** Reads what {@link JournalRow} has written. */
    static JournalEntry read(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        if (kind.equals("counted")) {
            return new Counted(row.getString("name"));
        }
        ProbeId id = new ProbeId(row.getString("probe"));
        String text = row.getString("text");
        Instant at = Micros.toInstant(row.getLong("at_micros"));
        return switch (kind) {
            case "submitted" -> new Submitted(id, at, text);
            case "ended" -> new Ended(id, outcome(row.getString("name"), text), at);
            case "returned" -> new Returned(id, roundTrip(row, at), evidence(row));
            case "noted" -> new Noted(id, text);
            case "kept" ->
                new Kept(id, Ledger.Paper.valueOf(row.getString("name").toUpperCase(Locale.ROOT)), text);
            default -> throw new IllegalArgumentException("'" + kind + "' is no entry of a journal");
        };
    }

    private static Outcome outcome(String name, String why) {
        return switch (name) {
            case "lost" -> new Outcome.Lost();
            case "refused" -> new Outcome.Refused(why);
            case "bounced" -> new Outcome.Bounced(why);
            case "deferred" -> new Outcome.Deferred(why);
            case "send failed" -> new Outcome.SendFailed(why);
            case "inconclusive" -> new Outcome.Inconclusive(why);
            default -> throw new IllegalArgumentException("'" + name + "' is no end");
        };
    }

    private static RoundTrip roundTrip(ResultSet row, Instant received) throws SQLException {
        return new RoundTrip(
                received,
                Duration.ofNanos(row.getLong("time_nanos")),
                RoundTrip.Clock.valueOf(row.getString("name").toUpperCase(Locale.ROOT)),
                Duration.ofNanos(row.getLong("resolution_nanos")));
    }

    private static ProbeRecord.@Nullable Evidence evidence(ResultSet row) throws SQLException {
        String agent = row.getString("agent");
        return agent == null ? null : new ProbeRecord.Evidence(Micros.toInstant(row.getLong("arrived_micros")), agent);
    }
}
