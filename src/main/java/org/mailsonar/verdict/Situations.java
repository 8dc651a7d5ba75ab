package org.mailsonar.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is held of all targets, and every change of it. Implemented by the store. Thread-safe. Methods throw
 * {@link org.mailsonar.roundtrip.LedgerException} when the book cannot be read or written.
 */
public interface Situations {

    /** Notes what a vantage holds; what it held before is replaced, unless that was judged up to a minute later: other monitors' clocks differ. */
    void note(Standing standing);

    /** What each vantage holds of a target. */
    List<Standing> standings(String target);

    /** What all vantages hold of a target; empty when it was never judged. */
    Optional<Situation> of(String target);

    /** Shows every target's situation by name, one at a time and never all in memory. */
    void each(Consumer<Situation> reader);

    /**
     * Replaces a situation and enters the changes that this is, all or nothing.
     *
     * @param version of the situation that {@code after} follows; 0 when there was none
     * @param after its version is one more
     * @param changes none when only texts differ
     * @return false when another monitor was first; then nothing is written, and it has to be looked at anew
     */
    boolean replace(long version, Situation after, List<Change> changes);

    /** A target's changes, oldest first, those that were held back included. */
    List<Change> changes(String target, Instant since);

    /** Shows the changes of all targets, oldest first, those that were held back included, one at a time and never all in memory. */
    void eachChange(Instant since, Consumer<Change> reader);
}
