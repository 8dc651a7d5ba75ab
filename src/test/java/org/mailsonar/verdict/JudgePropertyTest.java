package org.mailsonar.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.verdict.Verdict.State;

/** Random histories, replayed event by event as an assessor sees them. What must hold is said in other words than the judge's. */
class JudgePropertyTest {

    private static final int HISTORIES = 1_000;
    private static final int PROBES = 36;

    private static final List<Timing> TIMINGS =
            List.of(Timing.STANDARD, timing(60, 120, 600, 30), timing(180, 60, 600, 30), timing(300, 300, 300, 400));

    private record Replay(Target target, List<Story> stories, List<Instant> events) {}

    private record Step(
            Replay replay,
            Instant before,
            Instant now,
            List<ProbeRecord> shown,
            @Nullable Verdict held,
            Verdict verdict) {

        List<Story> stories() {
            return replay.stories();
        }

        boolean turnsDown() {
            return verdict.state() == State.DOWN && (held == null || held.state() != State.DOWN);
        }

        boolean leavesDown() {
            return verdict.state() != State.DOWN && held != null && held.state() == State.DOWN;
        }

        boolean returned() {
            return stories().stream().anyMatch(story -> isReturn(story) && isBetween(story.ended()));
        }

        private boolean isBetween(Instant instant) {
            return instant.isAfter(before) && !instant.isAfter(now);
        }
    }

    private interface Property {
        void check(Step step);
    }

    @Test
    void nothing_is_down_before_a_probe_failed_that_was_sent_when_another_failure_was_known() {
        everywhere(step -> {
            if (step.turnsDown()) {
                List<Story> failed = step.stories().stream()
                        .filter(story -> isFailure(story, step))
                        .toList();
                assertThat(failed)
                        .anyMatch(first -> failed.stream()
                                .anyMatch(second ->
                                        !second.sent().isBefore(known(first, step)) && !throughSince(step, first)));
            }
        });
    }

    @Test
    void only_a_return_ends_an_outage_so_none_is_told_twice() {
        everywhere(step -> {
            if (step.leavesDown()) {
                assertThat(step.returned()).isTrue();
            }
        });
    }

    @Test
    void a_return_always_ends_an_outage() {
        everywhere(step -> {
            if (step.returned()) {
                assertThat(step.verdict().state()).isNotEqualTo(State.DOWN);
            }
        });
    }

    @Test
    void two_failures_one_after_the_other_and_nothing_through_are_always_down() {
        everywhere(step -> {
            List<Story> failed = step.stories().stream()
                    .filter(story -> isFailure(story, step) && !throughSince(step, story) && counts(story, step))
                    .toList();
            boolean twice = failed.stream()
                    .anyMatch(first ->
                            failed.stream().anyMatch(second -> !second.sent().isBefore(known(first, step))));
            Instant newest = step.shown().getFirst().sent();
            if (twice
                    && !step.now()
                            .isAfter(newest.plus(
                                    Judge.freshness(step.replay().target().timing())))) {
                assertThat(step.verdict().state()).isEqualTo(State.DOWN);
            }
        });
    }

    @Test
    void since_is_never_in_the_future_and_an_outages_is_when_a_failed_probe_was_sent() {
        everywhere(step -> {
            assertThat(step.verdict().since()).isBeforeOrEqualTo(step.now());
            if (step.verdict().state() == State.DOWN || step.verdict().state() == State.FAILING) {
                assertThat(step.stories())
                        .extracting(Story::sent)
                        .contains(step.verdict().since());
            }
        });
    }

    @Test
    void what_is_healthy_had_a_return_in_time_and_nothing_failed_after_it() {
        everywhere(step -> {
            if (step.verdict().state() == State.HEALTHY) {
                assertThat(step.stories())
                        .anyMatch(story -> story.kind().equals("returned")
                                && !story.ended().isAfter(step.now()));
                assertThat(step.stories()).noneMatch(story -> isFailure(story, step) && !throughSince(step, story));
            }
        });
    }

    @Test
    void a_failing_target_has_a_retry_due_or_a_probe_under_way_that_will_tell_and_never_both() {
        everywhere(step -> {
            Optional<Instant> due = Judge.retryDue(step.replay().target(), step.shown(), step.held(), step.now());
            if (step.verdict().state() == State.FAILING) {
                Instant first = step.stories().stream()
                        .filter(story -> isFailure(story, step) && !throughSince(step, story) && counts(story, step))
                        .map(story -> known(story, step))
                        .min(Instant::compareTo)
                        .orElseThrow();
                boolean underWay = step.stories().stream()
                        .anyMatch(story -> !story.sent().isBefore(first)
                                && !story.sent().isAfter(step.now())
                                && story.ended().isAfter(step.now()));
                // After a probe that proved nothing the regular one may be due before the next retry.
                boolean blank =
                        step.shown().stream().anyMatch(probe -> !probe.sent().isBefore(first) && probe.ended() != null);
                assertThat(due.isPresent()).isEqualTo(!underWay && (!blank || due.isPresent()));
            }
            due.ifPresent(instant -> assertThat(instant)
                    .isAfterOrEqualTo(
                            first(step).plus(step.replay().target().timing().retryAfter())));
            if (step.verdict().state() == State.DOWN || step.verdict().state() == State.HEALTHY) {
                assertThat(due).isEmpty();
            }
        });
    }

    @Test
    void the_newest_probes_and_the_verdict_before_tell_as_much_as_the_whole_history() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Replay replay = replay(seed);
            int depth = Judge.depth(replay.target().timing());
            Verdict whole = null;
            Verdict part = null;
            for (Instant now : replay.events()) {
                List<ProbeRecord> shown =
                        Story.shown(replay.stories(), replay.target().timing(), now);
                // An older one that came late is shown to the assessor beside the newest ones.
                List<ProbeRecord> newest = new ArrayList<>(shown.subList(0, Math.min(depth, shown.size())));
                shown.stream()
                        .skip(depth)
                        .filter(probe -> now.equals(probe.ended()))
                        .forEach(newest::add);
                whole = Judge.judge(replay.target(), shown, whole, now);
                part = Judge.judge(replay.target(), newest, part, now);
                assertThat(part.state()).as("history %d at %s", seed, now).isEqualTo(whole.state());
                assertThat(part.lastReturn()).isEqualTo(whole.lastReturn());
            }
        }
    }

    private static Instant first(Step step) {
        return step.shown().stream()
                .filter(probe -> probe.ended() != null)
                .map(Findings::known)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static void everywhere(Property property) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Replay replay = replay(seed);
            Verdict held = null;
            Instant before = Instant.MIN;
            for (Instant now : replay.events()) {
                List<ProbeRecord> shown =
                        Story.shown(replay.stories(), replay.target().timing(), now);
                Verdict verdict = Judge.judge(replay.target(), shown, held, now);
                Step step = new Step(replay, before, now, shown, held, verdict);
                try {
                    property.check(step);
                } catch (AssertionError e) {
                    throw new AssertionError("history " + seed + " at " + now + ": " + verdict + " of " + shown, e);
                }
                held = verdict;
                before = now;
            }
        }
    }

    private static boolean isReturn(Story story) {
        return story.kind().equals("returned") || story.kind().equals("late");
    }

    /** Whether a mail that was sent later came back by now, or any mail came back after this one was known to be lost. */
    private static boolean throughSince(Step step, Story failure) {
        return step.stories().stream()
                .filter(story -> isReturn(story) && !story.ended().isAfter(step.now()))
                .anyMatch(story ->
                        story.sent().isAfter(failure.sent()) || !story.ended().isBefore(known(failure, step)));
    }

    private static boolean isFailure(Story story, Step step) {
        return switch (story.kind()) {
            case "lost", "bounced", "refused" -> !known(story, step).isAfter(step.now());
            case "late" ->
                !known(story, step).isAfter(step.now()) && story.ended().isAfter(step.now());
            default -> false;
        };
    }

    /** A failure of long ago counts only where one was held against the target ever since. */
    private static boolean counts(Story failure, Step step) {
        Verdict held = step.held();
        Duration freshness = Judge.freshness(step.replay().target().timing());
        return (held != null && (held.state() == State.FAILING || held.state() == State.DOWN))
                || !known(failure, step).isBefore(step.now().minus(freshness));
    }

    /** When it ended, or was lost before. */
    private static Instant known(Story story, Step step) {
        Instant deadline = story.sent().plus(step.replay().target().timeout());
        return story.ended().isBefore(deadline) ? story.ended() : deadline;
    }

    private static Replay replay(int seed) {
        Random random = new Random(seed);
        Timing timing = TIMINGS.get(random.nextInt(TIMINGS.size()));
        List<Story> stories = new ArrayList<>();
        boolean bad = false;
        Instant sent = Story.START;
        for (int i = 0; i < PROBES; i++) {
            bad = random.nextInt(5) == 0 ? !bad : bad;
            Duration after = between(random, timing.every().dividedBy(20), timing.every());
            sent = sent.plus(random.nextInt(60) == 0 ? after.multipliedBy(8) : after);
            stories.add(story(random, timing, sent, bad));
        }
        TreeSet<Instant> events = new TreeSet<>();
        for (Story story : stories) {
            events.add(story.sent());
            events.add(story.ended());
            events.add(story.sent().plus(timing.timeout()));
            events.add(story.sent().plus(timing.slowAfter()).plusMillis(1));
        }
        return new Replay(Story.target(timing, Policy.STANDARD), stories, List.copyOf(events));
    }

    private static Story story(Random random, Timing timing, Instant sent, boolean bad) {
        Duration timeout = timing.timeout();
        Duration soon = Duration.ofSeconds(1 + random.nextInt(5));
        return switch (random.nextInt(bad ? 10 : 20)) {
            case 0, 1, 2, 3 -> new Story(sent, "lost", timeout);
            case 4 -> new Story(sent, "bounced", between(random, soon, timeout.multipliedBy(5)));
            case 5 -> new Story(sent, "late", between(random, timeout.plusMillis(1), timeout.multipliedBy(9)));
            case 6 -> new Story(sent, "refused", soon);
            case 7 -> new Story(sent, "blind", timeout);
            case 8 -> new Story(sent, random.nextBoolean() ? "deferred" : "unsent", soon);
            case 9 -> new Story(sent, "returned", between(random, soon, timeout));
            default -> new Story(sent, "returned", soon);
        };
    }

    private static Duration between(Random random, Duration from, Duration to) {
        return Duration.ofMillis(random.nextLong(from.toMillis(), to.toMillis() + 1));
    }

    private static Timing timing(int every, int slow, int timeout, int retry) {
        return new Timing(
                Duration.ofSeconds(every),
                Duration.ofSeconds(slow),
                Duration.ofSeconds(timeout),
                Duration.ofSeconds(retry));
    }
}
