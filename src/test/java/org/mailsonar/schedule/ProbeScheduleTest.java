package org.mailsonar.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Sight;
import org.mailsonar.roundtrip.SubmissionHosts;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.testing.TestClock;
import org.mailsonar.verdict.CheckAssessor;
import org.mailsonar.verdict.CheckTargets;

class ProbeScheduleTest {

    private static final Duration EVERY = Duration.ofMinutes(20);

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock(TestProbes.SENT);
    private final ManualTimer timer = new ManualTimer(clock);
    private final List<String> sentTo = new CopyOnWriteArrayList<>();
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<ProbeRecord> ended = new CopyOnWriteArrayList<>();
    private Consumer<String> teller = trouble::add;
    private volatile CountDownLatch hostAnswers = new CountDownLatch(0);
    private final List<String> judged = new CopyOnWriteArrayList<>();
    private final Targets targets = new Targets(List.of());
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
    void each_target_is_probed_at_its_interval_and_none_at_the_time_of_another() {
        try (ProbeSchedule schedule = started(target("a"), target("b"))) {
            awaitSent(schedule, "a@company.test");
            timer.pass(Duration.ofMinutes(10));
            awaitSent(schedule, "a@company.test", "b@company.test");
            timer.pass(Duration.ofMinutes(10));
            awaitSent(schedule, "a@company.test", "b@company.test", "a@company.test");
            timer.pass(Duration.ofMinutes(10));
            awaitSent(schedule, "a@company.test", "b@company.test", "a@company.test", "b@company.test");
        }
        assertThat(trouble).isEmpty();
    }

    @Test
    void after_a_restart_the_schedule_goes_on_where_it_was() {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
        }
        clock.pass(Duration.ofMinutes(7));
        ManualTimer again = new ManualTimer(clock);
        try (ProbeSchedule schedule = started(again, target("a"))) {
            again.pass(Duration.ofMinutes(13).minusSeconds(1));
            assertThat(sentTo).hasSize(1);
            again.pass(Duration.ofSeconds(2));
            awaitSent(schedule, "a@company.test", "a@company.test");
        }
    }

    @Test
    void while_a_host_hangs_the_next_probe_to_that_target_is_left_out_and_others_go() {
        hostAnswers = new CountDownLatch(1);
        try (ProbeSchedule schedule = started(target("a"), target("b"))) {
            awaitSent(schedule, "a@company.test");
            timer.pass(Duration.ofMinutes(10));
            awaitSent(schedule, "a@company.test", "b@company.test");
            timer.pass(Duration.ofMinutes(10));
            assertThat(sentTo).hasSize(2);
            assertThat(trouble).containsExactly("a: the probe before is still being handed over; this one is left out");
            hostAnswers.countDown();
            Poll.until("both handed over", schedule::isIdle);
            timer.pass(EVERY);
            Poll.until("both are probed again", () -> sentTo.size() == 4);
        }
    }

    @Test
    void a_halt_of_hours_is_followed_by_one_probe_and_no_burst() {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            clock.pass(Duration.ofHours(9));
            timer.pass(Duration.ZERO);
            awaitSent(schedule, "a@company.test", "a@company.test");
            timer.pass(EVERY.minusSeconds(1));
            assertThat(sentTo).hasSize(2);
        }
        assertThat(trouble).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 5})
    void after_the_wall_clock_was_set_targets_are_neither_silent_nor_probed_in_a_burst(long hours) {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            timer.pass(Duration.ofSeconds(5));
            clock.stepWall(Duration.ofHours(hours));
            timer.pass(EVERY.plusSeconds(5));
            Poll.until("handed over", schedule::isIdle);
            assertThat(sentTo).hasSizeBetween(2, 3);
            timer.pass(EVERY);
            Poll.until("handed over", schedule::isIdle);
            assertThat(sentTo).hasSizeBetween(3, 4);
        }
    }

    @Test
    void an_overdue_probe_is_declared_lost_within_a_second() {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            timer.pass(Duration.ofMinutes(10));
            Poll.until("looked for", schedule::isIdle);
            assertThat(ended).isEmpty();
            timer.pass(Duration.ofSeconds(1));
            Poll.until("declared lost", () -> !ended.isEmpty());
            assertThat(ended)
                    .singleElement()
                    .satisfies(probe -> assertThat(probe.outcome().name()).isEqualTo("lost"));
        }
    }

    @Test
    void trouble_with_the_ledger_is_told_once_and_the_schedule_goes_on() {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            store.close();
            timer.pass(Duration.ofSeconds(1));
            assertThat(trouble)
                    .filteredOn(line ->
                            line.startsWith("the look for overdue probes failed, and is tried again: database "))
                    .hasSize(1);
            timer.pass(EVERY);
            assertThat(trouble)
                    .filteredOn(line ->
                            line.startsWith("the look for probes that are due failed, and is tried again: database "))
                    .hasSize(1);
            assertThat(sentTo).hasSize(1);
        }
    }

    @Test
    void whoever_is_told_of_trouble_may_fail_and_the_schedule_goes_on() {
        teller = line -> {
            trouble.add(line);
            throw new IllegalStateException("no space left on device");
        };
        hostAnswers = new CountDownLatch(1);
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            timer.pass(EVERY);
            assertThat(trouble).anyMatch(line -> line.endsWith("this one is left out"));
            hostAnswers.countDown();
            Poll.until("handed over", schedule::isIdle);
            timer.pass(EVERY);
            awaitSent(schedule, "a@company.test", "a@company.test");
        }
    }

    @Test
    void what_happened_to_a_probe_has_its_target_judged() {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            timer.pass(Duration.ofMinutes(2).plusSeconds(1));
            Poll.until("judged as slow", () -> judged.equals(List.of("a")));
            timer.pass(Duration.ofMinutes(8));
            Poll.until("judged as lost", () -> judged.equals(List.of("a", "a")));
        }
    }

    @Test
    void two_monitors_of_a_vantage_never_send_a_probe_twice() {
        ManualTimer second = new ManualTimer(clock);
        try (ProbeSchedule one = started(timer, "one", target("a"), target("b"));
                ProbeSchedule other = started(second, "other", target("a"), target("b"))) {
            for (int i = 0; i < 60; i++) {
                timer.pass(Duration.ofSeconds(30));
                second.pass(Duration.ofSeconds(30));
                Poll.until("handed over", () -> one.isIdle() && other.isIdle());
            }
        }
        assertThat(sentTo).containsOnly("a@company.test", "b@company.test");
        assertThat(store.ledger().newest("a", "sydney", clock.now().wall(), 100))
                .extracting(ProbeRecord::sent)
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @Test
    void a_new_target_is_probed_and_one_that_is_gone_is_not() {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            targets.exchange(List.of(target("b")));
            schedule.planAnew();
            timer.pass(EVERY.plusSeconds(1));
            awaitSent(schedule, "a@company.test", "b@company.test", "b@company.test");
        }
        assertThat(store.ledger().newestByTarget()).containsOnlyKeys("a", "b");
    }

    @Test
    void the_monitor_probes_itself_as_well_and_judges_it_never() {
        try (ProbeSchedule schedule = started(timer, "self", target("a"))) {
            awaitSent(schedule, "a@company.test");
            timer.pass(Duration.ofMinutes(40));
            Poll.until("itself", () -> sentTo.contains("return@monitor.test"));
        }
        assertThat(judged).doesNotContain(MonitorSettings.SELF);
    }

    @Test
    void closing_waits_for_a_probe_that_is_being_handed_over() throws InterruptedException {
        hostAnswers = new CountDownLatch(1);
        ProbeSchedule schedule = started(target("a"));
        awaitSent(schedule, "a@company.test");
        Thread closing = Thread.ofVirtual().start(schedule::close);
        Poll.until("closing waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
        hostAnswers.countDown();
        closing.join();
        assertThat(store.ledger().newestByTarget().values()).allMatch(probe -> probe.submission() != null);
        timer.pass(EVERY.multipliedBy(3));
        assertThat(sentTo).hasSize(1);
    }

    private ProbeSchedule started(Target... targets) {
        return started(timer, targets);
    }

    private ProbeSchedule started(ManualTimer by, Target... targets) {
        return started(by, "", targets);
    }

    /** A schedule of the monitor of this name; the one called "self" probes itself. */
    private ProbeSchedule started(ManualTimer by, String monitor, Target... configured) {
        targets.exchange(List.of(configured));
        Flights flights = new Flights(clock);
        MonitorSettings settings = new MonitorSettings(
                "sydney", monitor, TestProbes.MONITOR, TestProbes.RETURN, MonitorSettings.DEFAULT_VALIDITY, Set.of());
        Sight sight = new Sight(settings, store.attendance(), clock, Optional::empty);
        ProbeSchedule[] happening = new ProbeSchedule[1];
        Consumer<ProbeRecord> told = probe -> {
            ended.add(probe);
            happening[0].happened(probe);
        };
        ProbeDispatcher dispatcher = new ProbeDispatcher(
                settings,
                TestProbes.signer("monitor"),
                new SubmissionHosts(relay()),
                store.ledger(),
                flights,
                sight,
                clock,
                told);
        OverdueProbes overdue =
                new OverdueProbes(settings, store.ledger(), store.attendance(), flights, sight, clock, told);
        ProbeSchedule schedule = new ProbeSchedule(
                settings,
                targets,
                monitor.equals("self") ? settings.self(target("x").timing()) : null,
                new ProbeSchedule.Parts(
                        store.agenda(),
                        store.ledger(),
                        dispatcher,
                        overdue,
                        sight,
                        new Absences(settings, store.attendance()),
                        probe -> judged.add(probe.target()),
                        nothingChecked()),
                clock,
                new Rounds(by, line -> teller.accept(line), new DirectExecutor()));
        happening[0] = schedule;
        schedule.start();
        by.pass(Duration.ZERO);
        return schedule;
    }

    private Relay relay() {
        return new Relay() {
            @Override
            public Transmission send(OutgoingMail mail) {
                CountDownLatch answers = hostAnswers;
                sentTo.add(mail.envelope().recipients().getFirst().toString());
                try {
                    boolean answered = answers.await(Poll.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    return new Transmission.Accepted(answered ? "250 ok" : "250 waited in vain");
                } catch (InterruptedException interrupted) {
                    return new Transmission.Deferred("interrupted");
                }
            }

            @Override
            public String describe() {
                return "played";
            }

            @Override
            public void close() {}
        };
    }

    /** Waits until probes to these addresses have left, and are handed over unless their host hangs. */
    private void awaitSent(ProbeSchedule schedule, String... addresses) {
        Poll.until("probes to " + List.of(addresses), () -> sentTo.size() >= addresses.length);
        assertThat(sentTo).containsExactly(addresses);
        Poll.until("handed over", () -> hostAnswers.getCount() > 0 || schedule.isIdle());
    }

    private static Target target(String name) {
        return new Target(
                name,
                EmailAddress.parse(name + "@company.test"),
                EVERY,
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                0);
    }

    private ProbeSchedule.Checks nothingChecked() {
        CheckAssessor assessor = new CheckAssessor(
                "sydney",
                name -> Optional.empty(),
                store.checks(),
                store.situations(),
                store.attendance(),
                clock,
                (target, due) -> {});
        return new ProbeSchedule.Checks(new CheckTargets(List.of()), assessor, target -> List.of(), store.checks());
    }
}
