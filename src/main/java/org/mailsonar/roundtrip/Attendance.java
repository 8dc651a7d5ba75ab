package org.mailsonar.roundtrip;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which monitors are at work, and when one could not see. Implemented by the store. Thread-safe. Methods throw {@link LedgerException}
 * when the book cannot be read or written.
 */
public interface Attendance {

    /**
     * What a monitor says of itself every few seconds.
     *
     * @param monitor which process
     * @param started when it began
     * @param at when it said so
     * @param blind why it cannot see now; null when it can
     */
    record Sign(
            String monitor,
            String vantage,
            Instant started,
            Instant at,
            @Nullable String blind) {}

    /**
     * A time in which a monitor's losses prove nothing.
     *
     * @param until when it could see again
     * @param why what kept it, one line for people
     */
    record Blindness(String monitor, String vantage, Instant from, Instant until, String why) {}

    /** Notes a sign; the one before of the same monitor is replaced. */
    void sign(Sign sign);

    /** The last sign of each monitor of all vantages. */
    List<Sign> signs();

    /** Removes the signs of monitors that said nothing since an instant. */
    void forget(Instant before);

    /** Notes a blindness that is over, or extends the one of the same monitor that began at the same instant. */
    void blind(Blindness blindness);

    /** The blindnesses of a vantage's monitors that touch a time, oldest first. */
    List<Blindness> blindnesses(String vantage, Instant from, Instant until);
}
