package org.mailsonar.notify;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.TimeSource;

/**
 * The Alertmanagers of one cluster; each is told, and one that takes it is enough.
 *
 * @param urls where, without {@code /api/v2/alerts}
 * @param token for {@code Authorization: Bearer}; null where none is needed
 * @param holdFor how long an Alertmanager keeps a problem of which it hears no more, because no monitor lives; a problem is told again six
 *     times as often
 * @param timeLimit for each of them
 */
public record AlertmanagerSettings(List<URI> urls, @Nullable String token, Duration holdFor, Duration timeLimit)
        implements WaySettings {

    /** A dead monitor's problems are not over; its heartbeat tells of it long before this. */
    public static final Duration HOLD_FOR = Duration.ofHours(1);

    /** Refuses what cannot work, with an {@link IllegalArgumentException}. */
    public AlertmanagerSettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no Alertmanager is named; write for example http://127.0.0.1:9093");
        }
        for (URI url : urls) {
            HttpUrl.check(url, token != null);
        }
        if (holdFor.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("holdFor is 1m at least, or problems would seem over in between");
        }
    }

    @Override
    public Notifier open(TimeSource time) {
        return new Alertmanager(this, time);
    }

    @Override
    public String describe() {
        return "Alertmanager " + urls.stream().map(HttpDoor::place).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return describe();
    }
}
