package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.roundtrip.Policy.Flapping;
import org.mailsonar.verdict.Verdict.State;

/**
 * Holds back what changes too often. Pure.
 *
 * <p>Each change of what is true is a turn, but not the step from failing to down, which is the same outage. After more turns within a time than
 * the policy allows, nothing better is said until there was no turn for the policy's calm; what is worse is always said, so an outage
 * is never hidden. So within that time, if there is no calm, people are told at most the allowed number of turns and three more, as from
 * healthy it can only become inconclusive, slow, and then down. "Not applicable" is a person's decision: it is said at once and begins the
 * count anew.
 */
public final class Steadiness {

    /** How many turns are remembered; a policy that allows as many as this or more never holds. */
    public static final int MOST_TURNS = 50;

    /**
     * What follows.
     *
     * @param situation of the next version; the same as before when nothing differs
     * @param changes what it changes, oldest first
     */
    public record Step(Situation situation, List<Change> changes) {
        public Step {
            changes = List.copyOf(changes);
        }
    }

    private Steadiness() {}

    /**
     * Takes a new truth.
     *
     * @param before null when the target was never judged
     * @param truth what all vantages hold now
     */
    public static Step next(Judged target, @Nullable Situation before, Quorum.Result truth, Instant now) {
        if (before == null) {
            return first(target, truth, now);
        }
        Verdict old = before.held() == null ? before.verdict() : before.held();
        Verdict real = lasting(old, truth.verdict());
        List<Instant> turns = turns(target.policy().flapping(), before, old.state(), real.state(), now);
        boolean held = isHeld(target.policy().flapping(), before, real.state(), turns, now);
        Verdict said = held ? saidWhileHeld(before.verdict(), real) : real;
        Situation after =
                new Situation(target.name(), said, held ? real : null, truth.votes(), turns, before.version() + 1);
        List<Change> changes = changes(target, before, old.state(), after, real, now);
        return isSame(before, after) ? new Step(before, List.of()) : new Step(after, changes);
    }

    private static Step first(Judged target, Quorum.Result truth, Instant now) {
        Situation situation = new Situation(target.name(), truth.verdict(), null, truth.votes(), List.of(), 1);
        boolean worthTelling = truth.verdict().state().compareTo(State.WARNING) >= 0;
        Change change = change(target, State.INCONCLUSIVE, truth.verdict(), now, truth.votes(), false);
        return new Step(situation, worthTelling ? List.of(change) : List.of());
    }

    /** As long as the state stays, it is so since the beginning. */
    private static Verdict lasting(Verdict old, Verdict real) {
        boolean since = old.state() == real.state() && old.since().isBefore(real.since());
        return since
                ? new Verdict(real.state(), old.since(), real.cause(), real.lastRoundTrip(), real.lastReturn())
                : real;
    }

    private static List<Instant> turns(Flapping flapping, Situation before, State old, State real, Instant now) {
        if (real == State.NOT_APPLICABLE || old == State.NOT_APPLICABLE) {
            return List.of();
        }
        List<Instant> turns = new ArrayList<>();
        boolean sameOutage = old == State.FAILING && real == State.DOWN;
        if (old != real && !sameOutage && !isBeginning(before.verdict(), real)) {
            turns.add(now);
        }
        Instant oldest = now.minus(longer(flapping.within(), flapping.calm()));
        before.turns().stream()
                .filter(turn -> !turn.isBefore(oldest))
                .limit(MOST_TURNS - turns.size())
                .forEach(turns::add);
        return turns;
    }

    /** The very first return of all: nobody waits to hear of it. */
    private static boolean isBeginning(Verdict before, State real) {
        return before.state() == State.INCONCLUSIVE
                && before.cause().equals(Words.NOT_PROBED_YET)
                && before.lastReturn() == null
                && real == State.HEALTHY;
    }

    private static boolean isHeld(Flapping flapping, Situation before, State real, List<Instant> turns, Instant now) {
        boolean better = real.compareTo(before.verdict().state()) < 0;
        if (!better || real == State.NOT_APPLICABLE || flapping.changes() == 0 || turns.isEmpty()) {
            return false;
        }
        if (before.held() != null) {
            return now.isBefore(turns.getFirst().plus(flapping.calm()));
        }
        Instant oldest = now.minus(flapping.within());
        return turns.stream().filter(turn -> !turn.isBefore(oldest)).count() > flapping.changes();
    }

    /** The same words, with the newest round trip. */
    private static Verdict saidWhileHeld(Verdict said, Verdict real) {
        return new Verdict(said.state(), said.since(), said.cause(), real.lastRoundTrip(), real.lastReturn());
    }

    private static List<Change> changes(
            Judged target, Situation before, State old, Situation after, Verdict real, Instant now) {
        if (after.held() != null) {
            return old == real.state() ? List.of() : List.of(change(target, old, real, now, after.votes(), true));
        }
        State said = before.verdict().state();
        return said == real.state()
                ? backToWhatIsSaid(target, before, old, real, after.votes(), now)
                : isBeginning(before.verdict(), real.state())
                        ? List.of()
                        : List.of(change(target, said, real, now, after.votes(), false));
    }

    /** While it was held it has become as bad again as is said: for the record alone. */
    private static List<Change> backToWhatIsSaid(
            Judged target, Situation before, State old, Verdict real, String votes, Instant now) {
        return before.held() == null || old == real.state()
                ? List.of()
                : List.of(change(target, old, real, now, votes, true));
    }

    private static Change change(
            Judged target, State from, Verdict verdict, Instant now, String votes, boolean heldBack) {
        return new Change(
                0,
                target.name(),
                from,
                verdict,
                now,
                votes,
                heldBack,
                target.policy().tags());
    }

    /** Whether two situations say the same; a newer round trip alone is not worth writing. */
    private static boolean isSame(Situation one, Situation other) {
        return Standing.isSame(one.verdict(), other.verdict())
                && (one.held() == null
                        ? other.held() == null
                        : other.held() != null && Standing.isSame(one.held(), other.held()))
                && one.votes().equals(other.votes());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
