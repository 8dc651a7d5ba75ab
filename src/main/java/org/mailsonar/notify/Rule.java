package org.mailsonar.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Change;

/**
 * Who is told of what. Every rule that fits tells; the ways of one rule are tried in turn until one takes it.
 *
 * @param name its name in the outbox and in logs
 * @param targets patterns of targets' names, with {@code *} and {@code ?}; none for all targets
 * @param tags of which a target must have one; none for all targets
 * @param severities which problems it tells of; the end of a problem is told to those who were told of it
 * @param ways names of ways, in the order in which they are tried; at least one
 * @param repeat how often it is said again that a problem stands, until somebody says that he knows; null for never
 * @param escalation who else is told when nobody says that he knows; null for nobody
 * @param quietHours when all but critical problems wait; null for never
 * @param advisoryAfter how long a target must be failing or inconclusive before that is told
 */
public record Rule(
        String name,
        List<String> targets,
        List<String> tags,
        Set<Severity> severities,
        List<String> ways,
        @Nullable Duration repeat,
        @Nullable Escalation escalation,
        @Nullable QuietHours quietHours,
        Duration advisoryAfter) {

    /** How long a target is failing or inconclusive before that is told, if a rule says nothing else. */
    public static final Duration ADVISORY_AFTER = Duration.ofHours(1);

    /**
     * Who else is told when nobody says that he knows.
     *
     * @param after how long after the rule's own people were to be told
     * @param ways names of ways, in the order in which they are tried
     */
    public record Escalation(Duration after, List<String> ways) {

        /** Refuses an escalation to nobody, with an {@link IllegalArgumentException}. */
        public Escalation {
            ways = List.copyOf(ways);
            if (ways.isEmpty()) {
                throw new IllegalArgumentException("no way is named; write for example ways: [pager]");
            }
        }
    }

    /** Refuses a rule that tells nobody or nothing, with an {@link IllegalArgumentException}. */
    public Rule {
        targets = List.copyOf(targets);
        tags = List.copyOf(tags);
        ways = List.copyOf(ways);
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("no way is named; write for example ways: [pager]");
        }
        if (severities.isEmpty()) {
            throw new IllegalArgumentException("no severity is named; write for example severity: [critical, warning]");
        }
        severities = Set.copyOf(EnumSet.copyOf(severities));
    }

    /** A rule that tells of all targets and severities. */
    public static Rule of(String name, List<String> ways) {
        return new Rule(
                name, List.of(), List.of(), EnumSet.allOf(Severity.class), ways, null, null, null, ADVISORY_AFTER);
    }

    /** Whether it speaks of a change's target and of the state that it changed to. */
    boolean tells(Change change) {
        return tellsOf(Severity.of(change.verdict().state()))
                && speaksOf(change.target())
                && (tags.isEmpty() || change.tags().stream().anyMatch(tags::contains));
    }

    /** Whether it tells of problems of a severity; null is none. */
    boolean tellsOf(@Nullable Severity severity) {
        return severity != null && severities.contains(severity);
    }

    /** Whether it speaks of a target by its name; tags may have changed since the target's problem was told. */
    boolean speaksOf(String target) {
        return targets.isEmpty()
                || targets.stream()
                        .anyMatch(pattern -> regex(pattern).matcher(target).matches());
    }

    /** When a problem is told at the earliest. */
    Instant due(Change change) {
        Instant due = switch (change.verdict().state()) {
            case FAILING, INCONCLUSIVE -> change.at().plus(advisoryAfter);
            default -> change.at();
        };
        return loud(Severity.of(change.verdict().state()), due);
    }

    /** The instant, or the end of the quiet hours where it lies in them and what is told can wait. */
    Instant loud(@Nullable Severity severity, Instant instant) {
        return quietHours == null || severity == Severity.CRITICAL ? instant : quietHours.over(instant);
    }

    private static Pattern regex(String glob) {
        return Pattern.compile(glob.chars()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining()));
    }
}
