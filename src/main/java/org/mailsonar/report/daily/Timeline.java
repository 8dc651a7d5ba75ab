package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.report.daily.TargetDay.Outage;
import org.mailsonar.report.daily.TargetDay.Stretch;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;
import org.mailsonar.verdict.Verdict.State;

/**
 * What was held of a target, and since when, from the changes of its verdict. A verdict holds from what it says it holds since, but never from
 * before the one it follows. Changes have to be added first, oldest first, and probes afterwards. To be filled by one thread.
 */
final class Timeline {

    private record Held(Instant from, @Nullable State state, String cause) {}

    private final Instant begin;
    private final Instant knownFrom;
    private final List<Held> held = new ArrayList<>(1);
    private final List<Stretch> gaps = new ArrayList<>(1);
    private @Nullable Instant seen;

    /**
     * Nothing is held yet.
     *
     * @param begin nothing is asked of the time before
     * @param kept changes of the time before are kept no more, so that nothing is known of it
     */
    Timeline(Instant begin, Instant kept) {
        this.begin = begin;
        this.knownFrom = later(begin, kept);
    }

    /** What is held now, where there was no change. */
    void standing(Verdict verdict) {
        if (held.isEmpty()) {
            held.add(new Held(knownFrom, verdict.state(), verdict.cause()));
        }
    }

    /** The verdict became another. What was held back does not count. */
    void add(Change change) {
        if (change.heldBack()) {
            return;
        }
        if (held.isEmpty()) {
            held.add(new Held(knownFrom, change.from(), ""));
        }
        Instant since = earlier(change.verdict().since(), change.at());
        held.add(new Held(
                later(since, held.getLast().from()),
                change.verdict().state(),
                change.verdict().cause()));
    }

    /**
     * A probe was sent, or some were between two instants; in about the order in which they were.
     *
     * @param freshness for how long after one something is known
     */
    void probed(Instant from, Instant to, Duration freshness) {
        Instant known = seen == null ? begin : seen;
        if (from.isAfter(known)) {
            gaps.add(new Stretch(known, from, null));
        }
        seen = later(known, to.plus(freshness));
    }

    /** Whether the target was to be judged at an instant. */
    boolean applies(Instant instant) {
        State state = null;
        for (Held one : held) {
            if (one.from().isAfter(instant)) {
                break;
            }
            state = one.state();
        }
        return state != State.NOT_APPLICABLE;
    }

    /** What was held, one after another, from an instant to another one, without a gap. */
    List<Stretch> stretches(Instant from, Instant until) {
        List<Stretch> stretches = new ArrayList<>();
        Instant known = earlier(later(from, knownFrom), until);
        append(stretches, new Stretch(from, known, null));
        for (Stretch one : verdicts(known, until)) {
            if (one.state() == State.INCONCLUSIVE || one.state() == State.NOT_APPLICABLE) {
                append(stretches, one);
            } else {
                cutOut(stretches, one);
            }
        }
        return stretches;
    }

    /** What a verdict says is true only as long as probes are sent. */
    private void cutOut(List<Stretch> stretches, Stretch one) {
        Instant at = one.from();
        for (Stretch gap : unprobed(one.until())) {
            Instant gapFrom = later(gap.from(), at);
            Instant gapUntil = earlier(gap.until(), one.until());
            if (gapFrom.isBefore(gapUntil)) {
                append(stretches, new Stretch(at, gapFrom, one.state()));
                append(stretches, new Stretch(gapFrom, gapUntil, null));
                at = gapUntil;
            }
        }
        append(stretches, new Stretch(at, one.until(), one.state()));
    }

    private List<Stretch> unprobed(Instant until) {
        List<Stretch> all = new ArrayList<>(gaps);
        Instant last = seen == null ? begin : seen;
        if (last.isBefore(until)) {
            all.add(new Stretch(last, until, null));
        }
        return all;
    }

    private static void append(List<Stretch> stretches, Stretch one) {
        if (!one.from().isBefore(one.until())) {
            return;
        }
        if (!stretches.isEmpty() && stretches.getLast().state() == one.state()) {
            stretches.set(stretches.size() - 1, new Stretch(stretches.getLast().from(), one.until(), one.state()));
        } else {
            stretches.add(one);
        }
    }

    private List<Stretch> verdicts(Instant from, Instant until) {
        List<Stretch> verdicts = new ArrayList<>();
        if (held.isEmpty()) {
            append(verdicts, new Stretch(from, until, null));
        }
        for (int i = 0; i < held.size(); i++) {
            Instant end = i + 1 < held.size() ? held.get(i + 1).from() : until;
            append(
                    verdicts,
                    new Stretch(
                            later(held.get(i).from(), from),
                            earlier(end, until),
                            held.get(i).state()));
        }
        return verdicts;
    }

    /** The outages that touch a time. */
    List<Outage> outages(Instant from, Instant until) {
        List<Outage> outages = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            if (isBad(held.get(i).state()) && (i == 0 || !isBad(held.get(i - 1).state()))) {
                int end = i;
                while (end < held.size() && isBad(held.get(end).state())) {
                    end++;
                }
                Outage outage = outage(held.subList(i, end), end < held.size() ? held.get(end) : null, until);
                boolean touches = outage.begin().isBefore(until)
                        && (outage.end() == null || outage.end().isAfter(from));
                if (touches && (outage.end() == null || outage.end().isAfter(outage.begin()))) {
                    outages.add(outage);
                }
            }
        }
        return outages;
    }

    private Outage outage(List<Held> bad, @Nullable Held after, Instant until) {
        Instant begin = bad.getFirst().from();
        Instant end = after == null || after.from().isAfter(until) ? null : after.from();
        boolean proven = bad.stream().anyMatch(one -> one.state() == State.DOWN);
        String cause = bad.stream()
                .filter(one -> !proven || one.state() == State.DOWN)
                .map(Held::cause)
                .filter(text -> !text.isEmpty())
                .reduce("", (earlier, later) -> later);
        Instant over = end == null ? until : end;
        return new Outage(begin, end, Duration.between(begin, over), unprobed(begin, over), proven, cause);
    }

    private Duration unprobed(Instant from, Instant until) {
        Duration sum = Duration.ZERO;
        for (Stretch gap : unprobed(until)) {
            Instant gapFrom = later(gap.from(), from);
            Instant gapUntil = earlier(gap.until(), until);
            sum = gapFrom.isBefore(gapUntil) ? sum.plus(Duration.between(gapFrom, gapUntil)) : sum;
        }
        return sum;
    }

    private static boolean isBad(@Nullable State state) {
        return state == State.FAILING || state == State.DOWN;
    }

    /** How long was held what. */
    static Availability availability(List<Stretch> stretches) {
        return new Availability(
                sum(stretches, State.HEALTHY)
                        .plus(sum(stretches, State.WARNING))
                        .plus(sum(stretches, State.SLOW)),
                sum(stretches, State.SLOW),
                sum(stretches, State.DOWN).plus(sum(stretches, State.FAILING)),
                sum(stretches, State.INCONCLUSIVE),
                sum(stretches, State.NOT_APPLICABLE),
                sum(stretches, null));
    }

    private static Duration sum(List<Stretch> stretches, @Nullable State state) {
        return stretches.stream()
                .filter(one -> one.state() == state)
                .map(one -> Duration.between(one.from(), one.until()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
