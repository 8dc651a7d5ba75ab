package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.AlertmanagerLab;
import org.mailsonar.lab.NeedsAlertmanager;
import org.mailsonar.lab.Poll;
import org.mailsonar.time.TimeSource;
import org.mailsonar.time.UtcText;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

/** A real Alertmanager, read back by its API. */
@NeedsAlertmanager
class AlertmanagerIT {

    private static final Duration HOLD = Duration.ofHours(1);

    private final Instant began = TimeSource.system().now().wall().minusSeconds(600);
    private AlertmanagerLab lab;
    private Notifier way;

    @BeforeEach
    void start() throws IOException {
        lab = AlertmanagerLab.start();
        way = way(TimeSource.system());
    }

    @AfterEach
    void stop() {
        way.close();
        lab.close();
    }

    @Test
    void a_problem_fires_with_its_labels_and_is_resolved_by_its_end() {
        Change down = change(Verdict.State.DOWN, began);
        assertThat(way.deliver(notice(down, null))).isEqualTo(new Delivery.Delivered());

        assertThat(lab.alerts())
                .contains("\"labels\":{\"alertname\":\"MailRoundTrip\",\"severity\":\"critical\",\"tags\":\"gold\","
                        + "\"target\":\"company\"}")
                .contains("\"startsAt\":\"" + UtcText.millis(began) + "\"")
                .contains("\"state\":\"active\"", "\"votes\":\"2 of 3, needs 2\"")
                .contains("\"summary\":\"company is DOWN since ");

        assertThat(way.deliver(notice(change(Verdict.State.HEALTHY, began.plusSeconds(300)), down)))
                .isEqualTo(new Delivery.Delivered());
        Poll.until("the alert to be over", () -> lab.alerts().strip().equals("[]"));
    }

    @Test
    void a_problem_that_becomes_less_urgent_is_one_alert_and_not_two() {
        Change down = change(Verdict.State.DOWN, began);
        way.deliver(notice(down, null));
        way.deliver(notice(change(Verdict.State.SLOW, began.plusSeconds(300)), down));

        Poll.until("the critical alert to be over", () -> !lab.alerts().contains("critical"));
        assertThat(lab.alerts()).contains("\"severity\":\"warning\"");
    }

    @Test
    void a_refresh_moves_the_end_on() {
        Change down = change(Verdict.State.DOWN, began);
        way.deliver(notice(down, null));
        Instant later = TimeSource.system().now().wall().plus(Duration.ofMinutes(10));
        try (StandingNotifier after = way(TimeSource.of(() -> later, System::nanoTime))) {
            assertThat(after.every()).isEqualTo(Duration.ofMinutes(10));
            assertThat(after.refresh(List.of(notice(down, null)))).isEqualTo(new Delivery.Delivered());
        }

        assertThat(lab.alerts()).contains("\"endsAt\":\"" + UtcText.millis(later.plus(HOLD)) + "\"");
    }

    @Test
    void what_stood_at_the_last_refresh_and_stands_no_more_is_ended() {
        Change down = change(Verdict.State.DOWN, began);
        try (StandingNotifier standing = way(TimeSource.system())) {
            standing.refresh(List.of(notice(down, null)));
            assertThat(lab.alerts()).contains("\"state\":\"active\"");
            standing.refresh(List.of());
        }

        Poll.until("the alert to be over", () -> lab.alerts().strip().equals("[]"));
    }

    @Test
    void a_test_fires_under_a_name_of_its_own() {
        assertThat(way.deliver(Notice.test("am", began))).isEqualTo(new Delivery.Delivered());

        assertThat(lab.alerts()).contains("\"alertname\":\"MailsonarTest\"");
    }

    private StandingNotifier way(TimeSource time) {
        return (StandingNotifier)
                new AlertmanagerSettings(List.of(lab.url()), null, HOLD, Duration.ofSeconds(20)).open(time);
    }

    private static Change change(Verdict.State state, Instant at) {
        return Changes.of(7, "company", Verdict.State.HEALTHY, state, at);
    }

    private static Notice notice(Change change, @Nullable Change before) {
        return new Notice("7/night", Notice.Kind.CHANGE, change, before, change.at());
    }
}
