package org.mailsonar.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Change;

/**
 * Puts repeats and escalations of problems that stand and that nobody has answered. Each has a key by which it is put once, however many
 * monitors put it. Not thread-safe.
 */
final class Reminders {

    private final Map<String, Chain> chains;
    private final Outbox outbox;

    /** What was put last, by the key without its number: asked for so that the outbox is not. */
    private final Map<String, Long> put = new HashMap<>();

    Reminders(Map<String, Chain> chains, Outbox outbox) {
        this.chains = chains;
        this.outbox = outbox;
    }

    /** Puts what is due. */
    void put(Collection<Outbox.Problem> problems, Instant now) {
        Map<String, Long> known = new HashMap<>();
        for (Outbox.Problem problem : problems) {
            if (problem.acknowledgedBy() != null) {
                continue;
            }
            for (Chain chain : chains.values()) {
                if (chain.rule().tells(problem.change())) {
                    put(problem.change(), chain, now, known);
                }
            }
        }
        put.clear();
        put.putAll(known);
    }

    private void put(Change change, Chain chain, Instant now, Map<String, Long> known) {
        String place = change.number() + "/" + chain.name();
        Long before = put.get(place);
        if (before != null) {
            known.put(place, before);
        }
        long number = number(change, chain, now);
        if (number <= 0 || (before != null && before >= number)) {
            return;
        }
        if (chain.isEscalation()) {
            outbox.put(Editor.dispatch(change, chain, Dispatch.Kind.ESCALATION, "/escalation", now));
        } else {
            Optional<Dispatch> told = outbox.lastTold(chain.name(), change.target());
            if (told.isEmpty() || told.get().change().number() != change.number()) {
                return; // it is not told yet, and so cannot be repeated
            }
            outbox.put(Editor.dispatch(change, chain, Dispatch.Kind.REPEAT, "/repeat/" + number, now));
        }
        known.put(place, number);
    }

    /** Which repeat is due, from 1; 0 for none. Of those that nobody was here to put only the newest is. */
    private static long number(Change change, Chain chain, Instant now) {
        Rule rule = chain.rule();
        Instant due = rule.due(change);
        Duration age = Duration.between(due, now);
        Rule.Escalation escalation = rule.escalation();
        if (chain.isEscalation()) {
            return escalation != null && age.compareTo(escalation.after()) >= 0 ? 1 : 0;
        }
        @Nullable Duration repeat = rule.repeat();
        boolean isQuiet = rule.loud(Severity.of(change.verdict().state()), now).isAfter(now);
        return repeat == null || isQuiet || age.isNegative() ? 0 : age.dividedBy(repeat);
    }
}
