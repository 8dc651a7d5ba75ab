package org.mailsonar.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.lab.Poll;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;
import org.mailsonar.roundtrip.Absences;
import org.mailsonar.roundtrip.Flights;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.OverdueProbes;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.Route;
import org.mailsonar.roundtrip.Sight;
import org.mailsonar.roundtrip.SubmissionHosts;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.testing.TestClock;
import org.mailsonar.verdict.Assessor;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.CheckAssessor;
import org.mailsonar.verdict.CheckTarget;
import org.mailsonar.verdict.CheckTargets;
import org.mailsonar.verdict.Verdict;

/** What is checked by a schedule, and when a probe was lost. */
class CheckScheduleTest {

    private static final Timing TIMING =
            new Timing(Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock(TestProbes.SENT);
    private final ManualTimer timer = new ManualTimer(clock);
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<String> sentTo = new CopyOnWriteArrayList<>();
    private final CheckTargets checks = new CheckTargets(List.of());
    private final Played mx1 = new Played("smtp://mx1", clock);
    private final Played mx2 = new Played("imap://mx1", clock);
    private List<Check> diagnoses = List.of();
    private final ProbeSchedule[] happening = new ProbeSchedule[1];
    private Store store;

    @BeforeEach
    void open() {
        store = Stores.openStore("jdbc:sqlite:" + directory.resolve("mailsonar.db"), null);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_check_is_run_at_its_interval_and_what_it_found_is_kept_and_judged() {
        checks.exchange(List.of(check("mx1", mx1)));
        try (ProbeSchedule schedule = started()) {
            awaitRuns(schedule, mx1, 1);
            timer.pass(Duration.ofMinutes(5));
            awaitRuns(schedule, mx1, 2);
        }
        assertThat(results("mx1")).hasSize(2);
        assertThat(verdict("mx1")).isEqualTo(Verdict.State.HEALTHY);
        assertThat(trouble).isEmpty();
    }

    @Test
    void after_a_first_failure_another_look_comes_soon_and_proves_it() {
        mx1.state = CheckResult.State.FAILING;
        checks.exchange(List.of(check("mx1", mx1)));
        try (ProbeSchedule schedule = started()) {
            awaitRuns(schedule, mx1, 1);
            assertThat(verdict("mx1")).isEqualTo(Verdict.State.FAILING);
            timer.pass(Duration.ofSeconds(29));
            assertThat(mx1.runs).hasSize(1);
            timer.pass(Duration.ofSeconds(2));
            awaitRuns(schedule, mx1, 2);
            assertThat(verdict("mx1")).isEqualTo(Verdict.State.DOWN);
            mx1.state = CheckResult.State.GOOD;
            timer.pass(Duration.ofMinutes(5));
            awaitRuns(schedule, mx1, 3);
        }
        assertThat(store.situations().changes("mx1", TestProbes.SENT.minusSeconds(1)))
                .extracting(change -> change.verdict().state())
                .containsExactly(Verdict.State.FAILING, Verdict.State.DOWN, Verdict.State.HEALTHY);
        assertThat(store.situations()
                        .changes("mx1", TestProbes.SENT.minusSeconds(1))
                        .get(1)
                        .verdict()
                        .cause())
                .isEqualTo("played failing");
    }

    @Test
    void one_that_hangs_is_not_run_twice_and_holds_up_nobody() {
        mx1.answers = new CountDownLatch(1);
        checks.exchange(List.of(check("mx1", mx1), check("mx2", mx2)));
        try (ProbeSchedule schedule = started(target(List.of()))) {
            timer.pass(Duration.ofMinutes(4));
            Poll.until("it hangs", () -> mx1.runs.size() == 1);
            timer.pass(Duration.ofMinutes(20));
            Poll.until("the others go on", () -> mx2.runs.size() >= 3 && !sentTo.isEmpty());
            assertThat(mx1.runs).hasSize(1);
            mx1.answers.countDown();
            Poll.until("all are through", schedule::isIdle);
            timer.pass(Duration.ofMinutes(5));
            awaitRuns(schedule, mx1, 2);
        }
    }

    @Test
    void one_that_somebody_else_is_at_is_asked_again_soon_and_says_nothing_until_then() {
        mx1.free = false;
        checks.exchange(List.of(check("mx1", mx1)));
        try (ProbeSchedule schedule = started()) {
            Poll.until("it is asked", () -> mx1.asked.get() == 1 && schedule.isIdle());
            assertThat(results("mx1")).isEmpty();
            mx1.free = true;
            timer.pass(Duration.ofSeconds(29));
            assertThat(mx1.runs).isEmpty();
            timer.pass(Duration.ofSeconds(2));
            awaitRuns(schedule, mx1, 1);
        }
        assertThat(verdict("mx1")).isEqualTo(Verdict.State.HEALTHY);
        assertThat(trouble).isEmpty();
    }

    @Test
    void what_is_of_this_machine_alone_stands_on_no_agenda_and_is_looked_at_again_soon_too() {
        mx1.state = CheckResult.State.FAILING;
        checks.exchange(List.of(new CheckTarget("host a", TIMING, Policy.STANDARD, mx1, true)));
        try (ProbeSchedule schedule = started()) {
            timer.pass(Duration.ofSeconds(1));
            awaitRuns(schedule, mx1, 1);
            assertThat(store.agenda().entries("sydney")).doesNotContainKey("host a");
            timer.pass(Duration.ofSeconds(32));
            awaitRuns(schedule, mx1, 2);
            assertThat(verdict("host a")).isEqualTo(Verdict.State.DOWN);
            timer.pass(Duration.ofMinutes(4));
            assertThat(mx1.runs).hasSize(2);
            timer.pass(Duration.ofMinutes(1));
            awaitRuns(schedule, mx1, 3);
        }
    }

    @Test
    void a_check_that_is_broken_is_a_result_like_any_other() {
        mx1.broken = true;
        mx2.state = CheckResult.State.FAILING;
        diagnoses = List.of(mx1, mx2);
        checks.exchange(List.of(check("mx1", mx1)));
        try (ProbeSchedule schedule = started(target(List.of()))) {
            Poll.until("the probe is sent", () -> sentTo.size() == 1 && schedule.isIdle());
            timer.pass(Duration.ofMinutes(3));
            Poll.until("the others' findings are told", () -> cause("company").contains("imap://mx1: played failing"));
            Poll.until("it is judged", () -> !results("mx1").isEmpty());
        }
        assertThat(results("mx1"))
                .first()
                .extracting(CheckRecord::state, CheckRecord::reason)
                .containsExactly(
                        CheckResult.State.UNKNOWN,
                        "the check itself is broken: java.lang.IllegalStateException: played");
    }

    @Test
    void a_result_of_what_has_left_meanwhile_is_not_judged() {
        mx1.state = CheckResult.State.FAILING;
        mx1.answers = new CountDownLatch(1);
        checks.exchange(List.of(check("mx1", mx1)));
        try (ProbeSchedule schedule = started()) {
            Poll.until("it hangs", () -> mx1.runs.size() == 1);
            checks.exchange(List.of());
            mx1.answers.countDown();
            Poll.until("it is through", schedule::isIdle);
        }
        assertThat(store.situations().of("mx1")).isEmpty();
    }

    @Test
    void what_has_left_the_configuration_is_checked_no_more() {
        checks.exchange(List.of(check("mx1", mx1)));
        try (ProbeSchedule schedule = started()) {
            awaitRuns(schedule, mx1, 1);
            checks.exchange(List.of(check("mx2", mx2)));
            schedule.planAnew();
            timer.pass(Duration.ofMinutes(11));
            Poll.until("the new one is checked", () -> mx2.runs.size() >= 2);
            assertThat(mx1.runs).hasSize(1);
        }
    }

    @Test
    void a_lost_probe_has_its_targets_own_checks_run_and_the_cause_says_what_they_found() {
        diagnoses = List.of(mx1, mx2);
        mx2.state = CheckResult.State.FAILING;
        Target target = target(List.of());
        try (ProbeSchedule schedule = started(target)) {
            Poll.until("the probe is sent", () -> sentTo.size() == 1 && schedule.isIdle());
            timer.pass(Duration.ofMinutes(1).plusSeconds(2));
            Poll.until("both were looked at", () -> mx1.runs.size() == 1 && mx2.runs.size() == 1);
            Poll.until("it is said", () -> cause("company").contains("imap://mx1"));
            timer.pass(Duration.ofMinutes(3));
            Poll.until("it is down", () -> verdict("company") == Verdict.State.DOWN);
        }
        List<Change> changes = store.situations().changes("company", TestProbes.SENT.minusSeconds(1));
        assertThat(changes.getLast().verdict().cause())
                .isEqualTo("nothing came back within 1 min; checks: imap://mx1: played failing; smtp://mx1 works");
    }

    private void awaitRuns(ProbeSchedule schedule, Played check, int runs) {
        Poll.until(runs + " runs of " + check.name(), () -> check.runs.size() == runs && schedule.isIdle());
    }

    private List<CheckRecord> results(String target) {
        return store.checks().newest(target, "sydney", clock.now().wall(), 99);
    }

    private Verdict.State verdict(String target) {
        return store.situations().of(target).orElseThrow().verdict().state();
    }

    private String cause(String target) {
        return store.situations().of(target).map(now -> now.verdict().cause()).orElse("");
    }

    private static CheckTarget check(String name, Check check) {
        return new CheckTarget(name, TIMING, Policy.STANDARD, check);
    }

    private static Target target(List<String> tags) {
        Policy policy = new Policy(true, false, 0, List.of(), Policy.Flapping.STANDARD, tags);
        Timing timing = new Timing(
                Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofSeconds(30));
        return new Target("company", EmailAddress.parse("a@company.test"), timing, policy, Route.STANDARD);
    }

    private ProbeSchedule started(Target... configured) {
        MonitorSettings settings = new MonitorSettings(
                "sydney", "", TestProbes.MONITOR, TestProbes.RETURN, MonitorSettings.DEFAULT_VALIDITY, Set.of());
        Targets targets = new Targets(List.of(configured));
        Flights flights = new Flights(clock);
        Sight sight = new Sight(settings, store.attendance(), clock, Optional::empty);
        ProbeDispatcher dispatcher = new ProbeDispatcher(
                settings,
                TestProbes.signer("monitor"),
                new SubmissionHosts(new Taking(sentTo)),
                store.ledger(),
                flights,
                sight,
                clock,
                probe -> happening[0].happened(probe));
        ProbeSchedule schedule = new ProbeSchedule(
                settings,
                targets,
                null,
                new ProbeSchedule.Parts(
                        store.agenda(),
                        store.ledger(),
                        dispatcher,
                        new OverdueProbes(
                                settings,
                                store.ledger(),
                                store.attendance(),
                                flights,
                                sight,
                                clock,
                                probe -> happening[0].happened(probe)),
                        sight,
                        new Absences(settings, store.attendance()),
                        assessor(targets)::assess,
                        new ProbeSchedule.Checks(checks, checkAssessor(), target -> diagnoses, store.checks())),
                clock,
                new Rounds(timer, trouble::add, new DirectExecutor()));
        happening[0] = schedule;
        schedule.start();
        timer.pass(Duration.ZERO);
        return schedule;
    }

    private Assessor assessor(Targets targets) {
        return new Assessor(
                "sydney",
                targets::named,
                store.ledger(),
                store.situations(),
                store.attendance(),
                store.checks(),
                clock,
                (target, due, seen, latest) -> store.agenda().retry(target, "sydney", due, seen, latest));
    }

    private CheckAssessor checkAssessor() {
        return new CheckAssessor(
                "sydney",
                checks::named,
                store.checks(),
                store.situations(),
                store.attendance(),
                clock,
                (target, due) -> happening[0].lookAgain(target, due));
    }

    /** A check of which a test says what it finds, and when. */
    private static final class Played implements Check {

        final List<String> runs = new CopyOnWriteArrayList<>();
        volatile CheckResult.State state = CheckResult.State.GOOD;
        final AtomicInteger asked = new AtomicInteger();
        volatile boolean free = true;
        volatile boolean broken;
        volatile CountDownLatch answers = new CountDownLatch(0);
        private final String name;
        private final TestClock clock;

        Played(String name, TestClock clock) {
            this.name = name;
            this.clock = clock;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isFree() {
            asked.incrementAndGet();
            return free;
        }

        @Override
        public CheckResult run() throws InterruptedException {
            runs.add(name);
            answers.await();
            if (broken) {
                throw new IllegalStateException("played");
            }
            return new CheckResult(
                    name,
                    state,
                    "played " + state.text(),
                    clock.now().wall(),
                    Duration.ofMillis(3),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    "");
        }
    }

    /** Takes everything and returns nothing. */
    private record Taking(List<String> sentTo) implements Relay {

        @Override
        public Transmission send(OutgoingMail mail) {
            sentTo.add(mail.envelope().recipients().getFirst().toString());
            return new Transmission.Accepted("250 ok");
        }

        @Override
        public String describe() {
            return "played";
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void what_a_blind_monitor_could_not_reach_proves_nothing() {
        CheckResult silent = result(new Trouble(Trouble.Stage.CONNECT, Trouble.Kind.TIME_OUT));
        CheckResult hung = result(new Trouble(Trouble.Stage.GREETING, Trouble.Kind.TIME_OUT));
        CheckResult refused = result(new Trouble(Trouble.Stage.CONNECT, Trouble.Kind.REFUSED));
        BlindnessDiscount blind = new BlindnessDiscount((from, until) -> Optional.of("cut off"));
        assertThat(blind.apply(silent).state()).isEqualTo(CheckResult.State.UNKNOWN);
        assertThat(blind.apply(silent).reason())
                .isEqualTo("proves nothing, since the monitor cannot see (cut off): no");
        assertThat(blind.apply(refused)).isSameAs(refused);
        assertThat(blind.apply(hung)).as("who took the connection was there").isSameAs(hung);
        assertThat(new BlindnessDiscount((from, until) -> Optional.empty()).apply(silent))
                .isSameAs(silent);
    }

    private static CheckResult result(Trouble trouble) {
        return new CheckResult(
                "smtp://mx1",
                CheckResult.State.FAILING,
                "no",
                TestProbes.SENT,
                Duration.ZERO,
                List.of(),
                List.of(),
                trouble,
                null,
                "");
    }
}
