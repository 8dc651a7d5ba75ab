package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.verdict.Verdict.State;

/**
 * Makes one verdict of what all vantages hold of a target. Pure.
 *
 * <p>A vantage votes when one of its monitors is alive, it judged the target not long ago, and it does not hold it inconclusive. One that
 * cannot vote keeps its seat for two intervals and a time-out: so long the others need as many votes as if it were there, and a moment's
 * blindness at one place makes no outage of what another place alone sees. After that they need no more votes than there are voters, so
 * an outage is never hidden for ever because others are dead.
 */
public final class Quorum {

    /**
     * What came out.
     *
     * @param votes how many hold it down, of how many that vote, and how many must: {@code 2 of 3, needs 2}
     */
    public record Result(Verdict verdict, String votes) {}

    private final List<Standing> voters;
    private final List<Standing> silent;
    private final int needed;

    private Quorum(List<Standing> voters, List<Standing> silent, int needed) {
        this.voters = voters;
        this.silent = silent;
        this.needed = needed;
    }

    /**
     * Counts the votes.
     *
     * @param standings what each vantage holds of the target
     * @param fresh the vantages of which a monitor gave a sign lately
     */
    public static Result of(Judged target, List<Standing> standings, Set<String> fresh, Instant now) {
        String reason = Judge.notApplicable(target.policy(), now);
        Instant oldest = now.minus(Judge.freshness(target.timing()));
        List<Standing> seated = standings.stream()
                .filter(standing -> standing.verdict().state() != State.NOT_APPLICABLE)
                .sorted(Comparator.comparing(Standing::vantage))
                .toList();
        List<Standing> voters = seated.stream()
                .filter(standing -> votes(standing, fresh, oldest))
                .toList();
        List<Standing> silent =
                seated.stream().filter(standing -> !voters.contains(standing)).toList();
        long seats = voters.size()
                + silent.stream()
                        .filter(standing -> keepsSeat(standing, oldest))
                        .count();
        int policy = target.policy().quorum();
        int wanted = policy > 0 ? policy : seats >= 2 ? 2 : 1;
        Quorum quorum = new Quorum(voters, silent, (int) Math.max(1, Math.min(wanted, seats)));
        Verdict verdict =
                reason.isEmpty() ? quorum.verdict(now) : quorum.verdict(State.NOT_APPLICABLE, now, reason, standings);
        return new Result(verdict, quorum.text(wanted));
    }

    private static boolean votes(Standing standing, Set<String> fresh, Instant oldest) {
        return fresh.contains(standing.vantage())
                && !standing.at().isBefore(oldest)
                && standing.verdict().state() != State.INCONCLUSIVE;
    }

    private static boolean keepsSeat(Standing standing, Instant oldest) {
        boolean longBlind = standing.verdict().state() == State.INCONCLUSIVE
                && standing.verdict().since().isBefore(oldest);
        return !standing.at().isBefore(oldest) && !longBlind;
    }

    private Verdict verdict(Instant now) {
        if (voters.isEmpty()) {
            return nobody(now);
        }
        State state = count(State.DOWN) >= needed
                ? State.DOWN
                : count(State.FAILING) >= 1
                        ? State.FAILING
                        : count(State.SLOW) >= needed
                                ? State.SLOW
                                : count(State.WARNING) >= needed ? State.WARNING : State.HEALTHY;
        return verdict(state, since(state, now), cause(), voters);
    }

    /** How many hold it to be in a state or a worse one. */
    private long count(State state) {
        return voters.stream().filter(atLeast(state)).count();
    }

    private static Predicate<Standing> atLeast(State state) {
        return standing -> standing.verdict().state().compareTo(state) >= 0;
    }

    private Verdict nobody(Instant now) {
        String why = silent.isEmpty() ? Words.NOT_PROBED_YET : cause(silent);
        Instant since = silent.stream()
                .map(standing -> standing.verdict().since())
                .max(Comparator.naturalOrder())
                .orElse(now);
        return verdict(State.INCONCLUSIVE, since, why, silent);
    }

    /** An outage since its first lost probe; else since the last one came to hold it so. */
    private Instant since(State state, Instant now) {
        boolean failure = state.compareTo(State.FAILING) >= 0;
        Comparator<Instant> order = failure ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return voters.stream()
                .filter(failure ? atLeast(State.FAILING) : standing -> true)
                .map(standing -> standing.verdict().since())
                .max(order)
                .orElse(now);
    }

    private String cause() {
        if (voters.size() + silent.size() == 1) {
            return voters.getFirst().verdict().cause();
        }
        boolean allWell = silent.isEmpty()
                && voters.stream().allMatch(standing -> standing.verdict().state() == State.HEALTHY);
        return allWell ? "" : cause(voters);
    }

    /** {@code down at sydney, healthy at london: nothing came back within 10 min}, worst first; the words are the worst one's. */
    private String cause(List<Standing> of) {
        if (voters.size() + silent.size() == 1) {
            Standing only = of.getFirst();
            return only.verdict().state() == State.INCONCLUSIVE
                    ? only.verdict().cause()
                    : "no sign of " + only.vantage();
        }
        Map<State, List<Standing>> byState = new TreeMap<>(Comparator.<State>reverseOrder());
        voters.forEach(standing -> byState.computeIfAbsent(standing.verdict().state(), state -> new ArrayList<>())
                .add(standing));
        List<String> places = new ArrayList<>();
        byState.forEach((state, at) -> places.add(state.text() + " at " + names(at)));
        if (!silent.isEmpty()) {
            places.add(names(silent) + " cannot tell");
        }
        String words = of.stream()
                .filter(standing -> !standing.verdict().cause().isEmpty())
                .max(Comparator.comparing(standing -> standing.verdict().state()))
                .map(standing -> ": " + standing.verdict().cause())
                .orElse("");
        return OneLine.printable(String.join(", ", places) + words);
    }

    private static String names(List<Standing> standings) {
        return standings.stream().map(Standing::vantage).collect(Collectors.joining(" and "));
    }

    private static Verdict verdict(
            State state, Instant since, String cause, List<Standing> standings, @Nullable Duration none) {
        Verdict newest = standings.stream()
                .map(Standing::verdict)
                .filter(verdict -> verdict.lastReturn() != null)
                .max(Comparator.comparing(verdict -> Objects.requireNonNull(verdict.lastReturn())))
                .orElse(null);
        return newest == null
                ? new Verdict(state, since, cause, none, null)
                : new Verdict(state, since, cause, newest.lastRoundTrip(), newest.lastReturn());
    }

    private Verdict verdict(State state, Instant since, String cause, List<Standing> standings) {
        return verdict(state, since, cause, standings, null);
    }

    private String text(int wanted) {
        String text = count(State.DOWN) + " of " + voters.size() + ", needs " + needed;
        return needed == wanted ? text : text + " (" + wanted + " wanted, more cannot tell)";
    }
}
