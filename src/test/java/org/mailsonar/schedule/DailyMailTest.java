package org.mailsonar.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.report.daily.ReportDay;
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
    private Optional<String> refusal = Optional.empty();
    private Store store;
    private DailyMail mail;

    @BeforeEach
    void open() {
        store = Stores.openStore("jdbc:sqlite:" + directory.resolve("mail.db"), null);
        mail = monitor("m1", LocalTime.of(6, 30));
        mail.look();
        sent.clear();
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
        assertThat(log).last().isEqualTo("the report of 2026-11-21 was sent");
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
        refusal = Optional.of("smtp://127.0.0.1:25 did not take the report: 451 later");
        mail.look();
        assertThat(log)
                .last()
                .isEqualTo("the report of 2026-11-20 was not taken, and is tried again:"
                        + " smtp://127.0.0.1:25 did not take the report: 451 later");
        refusal = Optional.empty();
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

    private void lookUntil(String instant) {
        clock.stepWall(Duration.between(clock.now().wall(), Instant.parse(instant)));
        mail.look();
    }

    private DailyMail monitor(String name, LocalTime at) {
        DailyMail.Work work = new DailyMail.Work(ReportDay::title, day -> {
            sent.add(name + " " + day.date());
            return refusal;
        });
        return new DailyMail(at, BERLIN, name, store.duties(), clock, work, log::add);
    }
}
