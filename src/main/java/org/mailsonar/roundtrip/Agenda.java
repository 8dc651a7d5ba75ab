package org.mailsonar.roundtrip;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * When each target's next probe is due, at each vantage; shared by all monitors of a vantage, which take what is due from it. A probe is
 * given out to one of them for a short time. With {@link Ledger#enter(ProbeRecord, Claim, Instant)} it enters the probe and moves on
 * at once, so none is sent twice; one that is killed before leaves it to the others when the time is over. Implemented by the
 * store. Thread-safe. Methods throw {@link LedgerException} when the book cannot be read or written.
 */
public interface Agenda {

    /**
     * A target's entry.
     *
     * @param due when its next probe is due
     * @param every its interval
     * @param enabled whether it is given out at all
     */
    record Entry(String target, Instant due, Duration every, boolean enabled) {}

    /**
     * What one monitor is to send.
     *
     * @param due when it was due
     * @param retry whether it is due because the probe before was lost
     * @param stamp what tells this claim from all others of the same entry
     */
    record Claim(String target, String vantage, Instant due, boolean retry, long stamp) {}

    /** The entries of a vantage, by target, those that are not enabled included. */
    Map<String, Entry> entries(String vantage);

    /** Writes entries, new or changed; many at a time. What is given out at this moment stays so. */
    void write(String vantage, Collection<Entry> entries);

    /**
     * Gives out what is due and not given out to others, longest due first.
     *
     * @param monitor who asks
     * @param until when it is given out to others if it was not entered by then
     */
    List<Claim> claim(String vantage, String monitor, Instant now, Instant until, int most);

    /** Gives a claim back, to be given out again from an instant on; nothing if it has run out. */
    void putBack(Claim claim, Instant due);

    /**
     * Has another probe sent at an instant, unless one is due before or was sent meanwhile; the one after follows an interval later.
     *
     * @param seen when the newest probe was sent that the caller knows; with a later one there is no need of another
     * @param latest probes that were sent after this instant do not count: they are of before the clock was set back
     */
    void retry(String target, String vantage, Instant due, Instant seen, Instant latest);
}
