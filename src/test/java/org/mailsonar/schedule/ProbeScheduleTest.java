package org.mailsonar.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;
import org.mailsonar.roundtrip.Flights;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.OverdueProbes;
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.store.Stores;
import org.mailsonar.testing.TestClock;

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
    private Consumer<ProbeRecord> endedTeller = ended::add;
    private volatile CountDownLatch hostAnswers = new CountDownLatch(0);
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Stores.open("jdbc:sqlite:" + directory.resolve("mailsonar.db"));
    }

    @AfterEach
    void close() {
        ledger.close();
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
            again.pass(Duration.ofMinutes(13).minusNanos(1_000));
            assertThat(sentTo).hasSize(1);
            again.pass(Duration.ofNanos(1_000));
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
            timer.pass(EVERY.minusNanos(1));
            assertThat(sentTo).hasSize(2);
        }
        assertThat(trouble).isEmpty();
    }

    @Test
    void a_stepped_wall_clock_does_not_change_the_interval() {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            clock.stepWall(Duration.ofHours(-5));
            timer.pass(EVERY.minusNanos(1));
            assertThat(sentTo).hasSize(1);
            timer.pass(Duration.ofNanos(1));
            awaitSent(schedule, "a@company.test", "a@company.test");
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
    void trouble_with_the_ledger_is_told_and_the_schedule_goes_on() {
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            ledger.close();
            timer.pass(Duration.ofMillis(500));
            Poll.until(
                    "told",
                    () -> trouble.stream()
                            .anyMatch(line -> line.startsWith("overdue probes could not be looked for: database ")));
            timer.pass(EVERY);
            Poll.until(
                    "told",
                    () -> trouble.stream()
                            .anyMatch(line -> line.startsWith("a: the probe cannot be sent or recorded: database ")));
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
            ledger.close();
            for (int sweep = 1; sweep <= 3; sweep++) {
                int before = trouble.size();
                timer.pass(Duration.ofMillis(500));
                Poll.until("the ledger's trouble is told again", () -> trouble.size() > before);
                Poll.until("looked for", schedule::isIdle);
            }
        }
    }

    @Test
    void a_look_for_overdue_probes_that_takes_long_does_not_hold_up_the_timer() {
        CountDownLatch disk = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        endedTeller = probe -> {
            ended.add(probe);
            asked.countDown();
            awaitQuietly(disk);
        };
        try (ProbeSchedule schedule = started(target("a"))) {
            awaitSent(schedule, "a@company.test");
            timer.pass(Duration.ofMinutes(10).plusSeconds(1));
            Poll.until("a look", () -> {
                timer.pass(Duration.ofMillis(500)); // the last one may have begun too early to find it
                return asked.getCount() == 0;
            });
            timer.pass(Duration.ofMinutes(9).plusSeconds(59));
            Poll.until("probed meanwhile", () -> sentTo.size() == 2);
            assertThat(schedule.isIdle()).as("that look is not through").isFalse();
            disk.countDown();
            Poll.until("through", schedule::isIdle);
        }
        assertThat(ended).hasSize(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(Poll.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
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
        assertThat(ledger.newestByTarget().values()).allMatch(probe -> probe.submission() != null);
        timer.pass(EVERY.multipliedBy(3));
        assertThat(sentTo).hasSize(1);
    }

    private ProbeSchedule started(Target... targets) {
        return started(timer, targets);
    }

    private ProbeSchedule started(ManualTimer by, Target... targets) {
        Flights flights = new Flights();
        MonitorSettings settings =
                new MonitorSettings("sydney", TestProbes.MONITOR, TestProbes.RETURN, MonitorSettings.DEFAULT_VALIDITY);
        ProbeDispatcher dispatcher = new ProbeDispatcher(
                settings, TestProbes.signer("monitor"), relay(), ledger, flights, clock, ended::add);
        OverdueProbes overdue = new OverdueProbes(ledger, flights, clock, probe -> endedTeller.accept(probe));
        ProbeSchedule schedule = new ProbeSchedule(
                List.of(targets), dispatcher, overdue, ledger, clock, line -> teller.accept(line), by);
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
}
