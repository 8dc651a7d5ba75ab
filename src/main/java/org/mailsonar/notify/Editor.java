package org.mailsonar.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Change;

/**
 * Decides what is worth telling. Each chain of people is told when what would be said differs from what they were told last: so
 * changes are told and states are not, and the end of a problem is told to those alone who were told of it. Thread-safe; reads the outbox
 * and writes nothing.
 */
final class Editor {

    private static final Duration ORDER = Duration.ofSeconds(1);

    private final Map<String, Chain> chains;
    private final Outbox outbox;

    Editor(Map<String, Chain> chains, Outbox outbox) {
        this.chains = chains;
        this.outbox = outbox;
    }

    /** What a change is to be told by. */
    List<Dispatch> dispatches(Change change) {
        List<Dispatch> dispatches = new ArrayList<>();
        for (Chain chain : chains.values()) {
            boolean isNews = !chain.isEscalation() && chain.rule().tells(change);
            if (isNews || mayFollow(chain, change)) {
                Instant due = chain.rule().tells(change) ? chain.rule().due(change) : change.at();
                dispatches.add(dispatch(change, chain, Dispatch.Kind.CHANGE, "", due));
            }
        }
        return dispatches;
    }

    /** Whether these people were told, or are going to be told, of a problem of which this is the end or the next stage. */
    private boolean mayFollow(Chain chain, Change change) {
        if (!chain.rule().speaksOf(change.target()) || !isSaid(chain, change)) {
            return false;
        }
        return isTrouble(chain, lastTold(chain.name(), change.target()))
                || !outbox.waiting(chain.name(), change.target()).isEmpty();
    }

    /** Nobody calls a problem over because nothing certain is known. */
    private static boolean isSaid(Chain chain, Change change) {
        return switch (change.verdict().state()) {
            case HEALTHY, NOT_APPLICABLE, WARNING, SLOW -> true;
            case DOWN, FAILING, INCONCLUSIVE -> chain.rule().tells(change);
        };
    }

    private @Nullable Change lastTold(String chain, String target) {
        return outbox.lastTold(chain, target).map(Dispatch::change).orElse(null);
    }

    private static boolean isTrouble(Chain chain, @Nullable Change told) {
        return told != null && chain.rule().tellsOf(Severity.of(told.verdict().state()));
    }

    /** Something about a change, by a chain. */
    static Dispatch dispatch(Change change, Chain chain, Dispatch.Kind kind, String addition, Instant due) {
        String key = change.number() + "/" + chain.name() + addition;
        return new Dispatch(0, key, chain.name(), kind, change, due, 0, 0, null);
    }

    /**
     * What to do with something that is due.
     *
     * @param problem what is wrong with its target now; null when nothing is. Read after the dispatch was given out
     */
    Decision decide(Dispatch dispatch, Chain chain, Outbox.@Nullable Problem problem, Instant now) {
        Change told = lastTold(chain.name(), dispatch.change().target());
        return dispatch.kind() == Dispatch.Kind.CHANGE
                ? change(dispatch, chain, problem, told, now)
                : reminder(dispatch, chain, problem, told, now);
    }

    private Decision change(
            Dispatch dispatch, Chain chain, Outbox.@Nullable Problem problem, @Nullable Change told, Instant now) {
        Change change = dispatch.change();
        if (told != null && told.number() >= change.number()) {
            return new Decision.Drop(false); // what is newer was told meanwhile
        }
        boolean isProblem = isTrouble(chain, change);
        List<Dispatch> older = older(dispatch, chain, isProblem ? now : Instant.MAX);
        Severity severity = isProblem ? Severity.of(change.verdict().state()) : severityOf(told);
        if (dispatch.attempts() == 0) {
            if (older.isEmpty() && isOld(chain, change, told)) {
                return new Decision.Drop(false);
            }
            boolean canWait = severity != Severity.CRITICAL && (isProblem || older.isEmpty());
            if (canWait && isOver(change, problem)) {
                return new Decision.Drop(false);
            }
        }
        if (!isProblem && !older.isEmpty()) {
            return new Decision.Later(now.plus(ORDER), hastened(older, now));
        }
        return tellOrWait(dispatch, chain, severity, told, now);
    }

    /**
     * What these people may still be told, or are just being told, of earlier changes. A problem waits for none of it, and what waits for
     * its hour will not be told after it; the end of a problem waits until that was told, or need not be told any more.
     */
    private List<Dispatch> older(Dispatch dispatch, Chain chain, Instant dueBefore) {
        return outbox.waiting(chain.name(), dispatch.change().target()).stream()
                .filter(other -> other.kind() != Dispatch.Kind.REPEAT
                        && other.change().number() < dispatch.change().number()
                        && (other.attempts() > 0 || !other.due().isAfter(dueBefore)))
                .toList();
    }

    /** What waits for its hour and was never tried will not be told, now that it is over: it is to be looked at now. */
    private static List<Dispatch> hastened(List<Dispatch> older, Instant now) {
        return older.stream()
                .filter(other -> other.attempts() == 0 && other.due().isAfter(now))
                .toList();
    }

    /** Whether it says nothing new to these people. */
    private static boolean isOld(Chain chain, Change change, @Nullable Change told) {
        return isTrouble(chain, told) ? isTold(chain, change, told) : chain.isEscalation() || !isTrouble(chain, change);
    }

    /** Whether these people were told of just this problem, and of nothing else since. */
    static boolean isTold(Chain chain, Change change, @Nullable Change told) {
        return told != null
                && isTrouble(chain, told)
                && told.verdict().state() == change.verdict().state();
    }

    private static @Nullable Severity severityOf(@Nullable Change told) {
        return told == null ? null : Severity.of(told.verdict().state());
    }

    private static boolean isOver(Change change, Outbox.@Nullable Problem problem) {
        return problem == null
                ? Severity.of(change.verdict().state()) != null
                : problem.change().number() != change.number();
    }

    private static Decision reminder(
            Dispatch dispatch, Chain chain, Outbox.@Nullable Problem problem, @Nullable Change told, Instant now) {
        if (problem == null || isOver(dispatch.change(), problem) || problem.acknowledgedBy() != null) {
            return new Decision.Drop(dispatch.attempts() > 0);
        }
        if (dispatch.kind() == Dispatch.Kind.ESCALATION && isTold(chain, dispatch.change(), told)) {
            return new Decision.Drop(false); // before nothing certain was known for a while
        }
        return tellOrWait(
                dispatch, chain, Severity.of(dispatch.change().verdict().state()), told, now);
    }

    private static Decision tellOrWait(
            Dispatch dispatch, Chain chain, @Nullable Severity severity, @Nullable Change told, Instant now) {
        Instant loud = chain.rule().loud(severity, now);
        return loud.isAfter(now)
                ? new Decision.Later(loud, List.of())
                : new Decision.Tell(
                        new Notice(dispatch.key(), Notice.Kind.of(dispatch.kind()), dispatch.change(), told, now));
    }
}
