package org.mailsonar.store;

import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** An entry of a journal as a row; {@link JournalEntry#read} reads it again. */
record JournalRow(
        String kind,
        String probe,
        @Nullable Long at,
        @Nullable String name,
        @Nullable String text,
        @Nullable RoundTrip roundTrip,
        ProbeRecord.@Nullable Evidence evidence) {

    private static final String INSERT = """
            INSERT INTO journal (kind, probe, at_micros, name, text, time_nanos, resolution_nanos, arrived_micros, agent)
            VALUES (:kind, :probe, :at, :name, :text, :time, :resolution, :arrived, :agent)""";

    static JournalRow of(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Submitted(var id, var sent, var reply) ->
                plain("submitted", id.text(), Micros.of(sent), null, reply);
            case JournalEntry.Ended(var id, var outcome, var at) ->
                plain("ended", id.text(), Micros.of(at), outcome.name(), ProbeRow.why(outcome));
            case JournalEntry.Returned(var id, var trip, var evidence) ->
                new JournalRow(
                        "returned",
                        id.text(),
                        Micros.of(trip.received()),
                        ProbeRow.name(trip.clock()),
                        null,
                        trip,
                        evidence);
            case JournalEntry.Noted(var id, var note) -> plain("noted", id.text(), null, null, note);
            case JournalEntry.Kept(var id, var kind, var text) ->
                plain("kept", id.text(), null, kind.name().toLowerCase(Locale.ROOT), text);
            case JournalEntry.Counted(var counter) -> plain("counted", "", null, counter, null);
        };
    }

    private static JournalRow plain(
            String kind, String probe, @Nullable Long at, @Nullable String name, @Nullable String text) {
        return new JournalRow(kind, probe, at, name, text, null, null);
    }

    int insert(Handle handle) {
        return handle.createUpdate(INSERT)
                .bind("kind", kind)
                .bind("probe", probe)
                .bind("at", at)
                .bind("name", name)
                .bind("text", text)
                .bind("time", roundTrip == null ? null : roundTrip.time().toNanos())
                .bind(
                        "resolution",
                        roundTrip == null ? null : roundTrip.resolution().toNanos())
                .bind("arrived", evidence == null ? null : Micros.of(evidence.arrivedThere()))
                .bind("agent", evidence == null ? null : evidence.agent())
                .execute();
    }
}
