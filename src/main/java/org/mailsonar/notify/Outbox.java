package org.mailsonar.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Change;

/**
 * What has to be told and what was told. Implemented by the store. Several monitors share it. Thread-safe. Methods throw
 * {@link org.mailsonar.roundtrip.LedgerException} when the book cannot be read or written.
 */
public interface Outbox {

    /**
     * A target that is not well, as its newest change that was not held back says.
     *
     * @param acknowledgedBy who said that he knows of it; null when nobody did since it changed
     * @param acknowledgedAt when; null likewise
     */
    record Problem(
            Change change,
            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt) {}

    /** The changes that were not held back and for which nothing was put here yet, oldest first. */
    List<Change> unannounced(int most);

    /** Marks a change as dealt with and puts what it is told by; all or nothing, and nothing where another monitor was first. */
    void announce(Change change, List<Dispatch> dispatches);

    /** Puts one; nothing where there was ever one with the same key. */
    void put(Dispatch dispatch);

    /** Gives out what is due and not given out to others, to one of all monitors, until an instant; oldest due first. */
    List<Dispatch> claim(Instant now, Instant until, int most);

    /** It was told. */
    void told(Dispatch dispatch, Instant at);

    /**
     * It is being told by a way, which is one more attempt; nobody else is given it before an instant, at which it is tried again if
     * nothing was noted of it by then. Written before it leaves: so what may have been told is known from what never was.
     *
     * @param trouble what is to be said of it until then
     */
    void again(Dispatch dispatch, int way, Instant due, String trouble);

    /**
     * It is to be told at another instant, earlier or later; given back if it was given out. Unlike {@link #again} this was no attempt.
     * Nothing where it was told or dropped.
     */
    void move(Dispatch dispatch, Instant due);

    /** It need not be told any more, and never will be. Its key stays taken. */
    void drop(Dispatch dispatch, Instant at);

    /** What a rule has still to tell of a target, given out or not, in the order of the changes; repeats and escalations too. */
    List<Dispatch> waiting(String rule, String target);

    /** What a rule has told last of a target: of all that was told (not dropped) that of the newest change. Empty when nothing was. */
    Optional<Dispatch> lastTold(String rule, String target);

    /** How many wait to be told. */
    int waiting();

    /** The targets that are slow, failing, inconclusive or down. */
    List<Problem> problems();

    /** Notes that somebody knows of a target's problem; false when it has none. */
    boolean acknowledge(String target, String by, Instant at);
}
