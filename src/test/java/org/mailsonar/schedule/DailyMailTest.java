package org.mailsonar.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.relay.Transmission;
import org.mailsonar.report.daily.ReportDay;
import org.mailsonar.roundtrip.Duties;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.testing.TestClock;

class DailyMailTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final List<String> sent = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private final Map<String, Transmission> answers = new HashMap<>();
    private Runnable meanwhile = () -> {};
    private Store store;
    private DailyMail mail;

    @BeforeEach
    void open() {
        store = Stores.openStore("jdbc:sqlite:" + directory.resolve("mail.db"), null);
        mail = monitor("m1", LocalTime.of(6, 30));
        mail.look();
        sent.clear();
        letters.clear();
        log.clear();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void the_report_of_the_day_before_leaves_at_its_hour_and_once() {
        lookUntil("2026-11-21T05:29:00Z");
        assertThat(sent).isEmpty();
        lookUntil("2026-11-21T05:30:00Z"); // 06:30 in Berlin
        assertThat(sent).containsExactly("m1 2026-11-20");
        lookUntil("2026-11-22T05:29:00Z");
        assertThat(sent).hasSize(1);
        lookUntil("2026-11-22T05:31:00Z");
        assertThat(sent).containsExactly("m1 2026-11-20", "m1 2026-11-21");
        assertThat(log).last().isEqualTo("the report of 2026-11-21 was sent to boss@elsewhere.test");
    }

    @Test
    void of_two_monitors_that_share_a_database_one_sends_it() {
        DailyMail second = monitor("m2", LocalTime.of(6, 30));
        clock.pass(Duration.ofDays(1));
        second.look();
        mail.look();
        mail.look();
        assertThat(sent).containsExactly("m2 2026-11-20");
    }

    @Test
    void one_that_begins_again_does_not_send_it_again() {
        clock.pass(Duration.ofDays(1));
        mail.look();
        monitor("m1", LocalTime.of(6, 30)).look();
        assertThat(sent).containsExactly("m1 2026-11-20");
    }

    @Test
    void when_none_was_at_work_at_that_hour_the_last_one_is_made_up_for_and_no_other() {
        clock.pass(Duration.ofDays(5));
        mail.look();
        mail.look();
        assertThat(sent).containsExactly("m1 2026-11-24");
    }

    @Test
    void what_is_not_taken_is_tried_again_ten_minutes_later() {
        clock.pass(Duration.ofDays(1));
        answers.put(
                "boss@elsewhere.test",
                new Transmission.Deferred("smtp://127.0.0.1:25 did not take the report: 451 later"));
        mail.look();
        assertThat(log)
                .last()
                .isEqualTo("the report of 2026-11-20 was not taken for boss@elsewhere.test, and is tried again:"
                        + " smtp://127.0.0.1:25 did not take the report: 451 later");
        answers.clear();
        clock.pass(Duration.ofMinutes(9));
        mail.look();
        assertThat(sent).hasSize(1);
        clock.pass(Duration.ofMinutes(1));
        mail.look();
        mail.look();
        assertThat(sent).containsExactly("m1 2026-11-20", "m1 2026-11-20");
    }

    @Test
    void an_hour_that_a_day_does_not_have_comes_an_hour_later() {
        DailyMail early = monitor("m1", LocalTime.of(2, 30));
        clock.stepWall(Duration.between(clock.now().wall(), Instant.parse("2027-03-28T00:45:00Z"))); // 01:45 in Berlin
        early.look();
        assertThat(sent).containsExactly("m1 2027-03-26");
        clock.pass(Duration.ofMinutes(44));
        early.look();
        assertThat(sent).hasSize(1);
        clock.pass(Duration.ofMinutes(1)); // 03:30
        early.look();
        assertThat(sent).last().isEqualTo("m1 2027-03-27");
    }

    @Test
    void one_who_is_refused_for_good_is_told_and_keeps_it_from_nobody_else() {
        DailyMail both = monitor("m1", LocalTime.of(6, 30), duties(), "gone@elsewhere.test", "boss@elsewhere.test");
        answers.put("gone@elsewhere.test", new Transmission.Refused("550 5.1.1 nobody here"));
        clock.pass(Duration.ofDays(1));
        for (int minute = 0; minute < 60; minute++) {
            both.look();
            clock.pass(Duration.ofMinutes(1));
        }
        assertThat(letters).containsExactly("gone@elsewhere.test", "boss@elsewhere.test");
        assertThat(log)
                .containsExactly(
                        "the report of 2026-11-20 was refused for gone@elsewhere.test, and is not tried again:"
                                + " 550 5.1.1 nobody here",
                        "the report of 2026-11-20 was sent to boss@elsewhere.test");
    }

    @Test
    void whose_letter_was_taken_gets_no_second_one_while_another_one_waits() {
        answers.put("slow@elsewhere.test", new Transmission.Deferred("451 later"));
        clock.pass(Duration.ofDays(1));
        monitor("m1", LocalTime.of(6, 30), duties(), "slow@elsewhere.test", "boss@elsewhere.test")
                .look();
        answers.clear();
        clock.pass(Duration.ofMinutes(10));
        monitor("m2", LocalTime.of(6, 30), duties(), "slow@elsewhere.test", "boss@elsewhere.test")
                .look();
        assertThat(letters).containsExactly("slow@elsewhere.test", "boss@elsewhere.test", "slow@elsewhere.test");
    }

    @Test
    void a_report_that_was_handed_over_while_the_database_was_away_is_not_sent_again() {
        AtomicBoolean away = new AtomicBoolean();
        DailyMail only = monitor("m1", LocalTime.of(6, 30), failing(away), "boss@elsewhere.test");
        clock.pass(Duration.ofDays(1));
        meanwhile = () -> away.set(true);
        assertThatThrownBy(only::look).isInstanceOf(LedgerException.class);
        assertThatThrownBy(only::look).isInstanceOf(LedgerException.class);
        away.set(false);
        only.look(); // notes it
        clock.pass(Duration.ofHours(1));
        mail.look();
        only.look();
        assertThat(letters).containsExactly("boss@elsewhere.test");
    }

    @Test
    void a_monitor_that_takes_long_to_make_it_keeps_it() {
        DailyMail slow = monitor("m1", LocalTime.of(6, 30));
        DailyMail second = monitor("m2", LocalTime.of(6, 30));
        clock.pass(Duration.ofDays(1));
        meanwhile = () -> {
            meanwhile = () -> {};
            clock.pass(Duration.ofMinutes(25));
            second.look();
        };
        slow.look();
        second.look();
        assertThat(letters).containsExactly("boss@elsewhere.test");
    }

    private Duties duties() {
        return store.duties();
    }

    /** The database goes away and comes back. */
    private Duties failing(AtomicBoolean away) {
        return new Duties() {
            @Override
            public boolean claim(String duty, String monitor, Instant now, Instant until) {
                return reached().claim(duty, monitor, now, until);
            }

            @Override
            public boolean extend(String duty, String monitor, Instant until) {
                return reached().extend(duty, monitor, until);
            }

            @Override
            public void done(String duty, Instant at) {
                reached().done(duty, at);
            }

            private Duties reached() {
                if (away.get()) {
                    throw new LedgerException("the database is away", null);
                }
                return duties();
            }
        };
    }

    private void lookUntil(String instant) {
        clock.stepWall(Duration.between(clock.now().wall(), Instant.parse(instant)));
        mail.look();
    }

    private DailyMail monitor(String name, LocalTime at) {
        return monitor(name, at, duties(), "boss@elsewhere.test");
    }

    private DailyMail monitor(String name, LocalTime at, Duties duties, String... to) {
        DailyMail.Work work = new DailyMail.Work(
                ReportDay::title,
                day -> Stream.of(to)
                        .map(one -> new DailyMail.Letter(one, () -> {
                            sent.add(name + " " + day.date());
                            letters.add(one);
                            meanwhile.run();
                            return answers.getOrDefault(one, new Transmission.Accepted("250 taken"));
                        }))
                        .toList());
        return new DailyMail(at, BERLIN, name, duties, clock, work, log::add);
    }
}
