package org.mailsonar.notify;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells a dead man's switch at an interval that the monitor lives and sees, until it is closed. While it does not see, the switch is told
 * so, or told nothing. Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HeartbeatSettings settings;
    private final Supplier<List<String>> troubles;
    private final Consumer<String> log;
    private final Timer timer;
    private final HttpDoor door;
    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile boolean isUnheard;

    /**
     * A heart that stands still before {@link #start}.
     *
     * @param troubles what keeps the monitor from seeing; none when all is well
     * @param log takes a line when the switch cannot be reached any more, and when it can again
     */
    public Heartbeat(HeartbeatSettings settings, Supplier<List<String>> troubles, Consumer<String> log) {
        this(settings, troubles, log, Timer.system("heartbeat"));
    }

    /** With a timer of one's own. */
    Heartbeat(HeartbeatSettings settings, Supplier<List<String>> troubles, Consumer<String> log, Timer timer) {
        this.settings = settings;
        this.troubles = troubles;
        this.log = log;
        this.timer = timer;
        String query = settings.url().getRawQuery();
        this.door = new HttpDoor(LIMIT, List.of(settings.url().getRawPath() + (query == null ? "" : "?" + query)));
    }

    /** Begins, with a first beat at once. */
    public void start() {
        timer.after(Duration.ZERO, this::tick);
    }

    private void tick() {
        timer.after(settings.every(), this::tick);
        if (beating.compareAndSet(false, true)) {
            Thread.ofVirtual().name("heartbeat").start(this::beat);
        }
    }

    /** One beat; blocks until it was heard or the time limit has passed. */
    void beat() {
        try {
            List<String> now = troubles.get();
            if (now.isEmpty()) {
                heard(door.deliver(HttpDoor.request(settings.url()).GET().build()));
                return;
            }
            URI failUrl = settings.failUrl();
            if (failUrl != null) {
                String said = String.join("\n", now) + "\n";
                heard(door.deliver(HttpDoor.request(failUrl)
                        .header("Content-Type", Template.Format.TEXT.contentType())
                        .POST(HttpRequest.BodyPublishers.ofString(said))
                        .build()));
            }
        } catch (RuntimeException failed) {
            log.accept("the heartbeat failed: " + failed);
        } finally {
            beating.set(false);
        }
    }

    /** Once, and not at each beat. */
    private void heard(Delivery delivery) {
        switch (delivery) {
            case Delivery.Delivered _
            when isUnheard -> {
                isUnheard = false;
                log.accept("the heartbeat is heard again");
            }
            case Delivery.Failed(String why)
            when !isUnheard -> {
                isUnheard = true;
                log.accept("the heartbeat is not heard: " + why);
            }
            default -> {}
        }
    }

    @Override
    public void close() {
        timer.close();
        door.close();
    }
}
