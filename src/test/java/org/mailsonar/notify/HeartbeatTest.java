package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.Poll;

class HeartbeatTest {

    private final HttpSink sink = new HttpSink();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void it_beats_at_once_and_again_after_its_interval() {
        List<Duration> delays = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        Timer timer = new Timer() {
            @Override
            public void after(Duration delay, Runnable task) {
                delays.add(delay);
                tasks.add(task);
            }

            @Override
            public void close() {
                tasks.clear();
            }
        };
        try (Heartbeat heart = new Heartbeat(settings(null), () -> List.copyOf(troubles), log::add, timer)) {
            heart.start();
            tasks.getLast().run();
            Poll.until("a beat", () -> sink.requests.size() == 1);

            assertThat(delays).containsExactly(Duration.ZERO, Duration.ofMinutes(1));
            assertThat(sink.requests.getFirst().method()).isEqualTo("GET");
        }
        assertThat(tasks).isEmpty();
    }

    @Test
    void a_blind_monitor_says_so_where_that_is_configured() {
        troubles.add("the inbox cannot be read");
        try (Heartbeat heart = heart(sink.url("/abc/fail"))) {
            heart.beat();
        }

        assertThat(sink.requests).hasSize(1);
        assertThat(sink.requests.getFirst().url()).hasPath("/abc/fail");
        assertThat(sink.requests.getFirst().body()).isEqualTo("the inbox cannot be read\n");
    }

    @Test
    void a_blind_monitor_is_silent_elsewhere() {
        troubles.add("the inbox cannot be read");
        try (Heartbeat heart = heart(null)) {
            heart.beat();
        }

        assertThat(sink.requests).isEmpty();
    }

    @Test
    void a_switch_that_does_not_hear_is_told_once_and_without_its_secret() {
        try (Heartbeat heart = heart(null)) {
            sink.answering(404, "no such check: /abc");
            heart.beat();
            heart.beat();
            sink.answering(200, "OK");
            heart.beat();
            heart.beat();
        }

        assertThat(log)
                .containsExactly(
                        "the heartbeat is not heard: " + sink.url("") + " answers 404: no such check: ***",
                        "the heartbeat is heard again");
    }

    private HeartbeatSettings settings(@Nullable URI failUrl) {
        return new HeartbeatSettings(sink.url("/abc"), failUrl, Duration.ofMinutes(1));
    }

    private Heartbeat heart(@Nullable URI failUrl) {
        return new Heartbeat(settings(failUrl), () -> List.copyOf(troubles), log::add);
    }
}
