package org.mailsonar.notify;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.TimeSource;

/**
 * An HTTP server that is told by POST.
 *
 * @param url where; may be a secret itself
 * @param headers more header fields; no secrets
 * @param token for {@code Authorization: Bearer} (RFC 6750 §2.1); null where none is needed
 * @param template the body; null for a JSON object of all fields of {@link Notice#FIELDS}
 * @param timeLimit for all of it
 */
public record WebhookSettings(
        URI url,
        Map<String, String> headers,
        @Nullable String token,
        @Nullable Template template,
        Duration timeLimit) implements WaySettings {

    /** Refuses a URL that is not HTTP, and a secret on its way to another machine in the clear. */
    public WebhookSettings {
        HttpUrl.check(url, token != null);
        headers = Map.copyOf(new LinkedHashMap<>(headers));
    }

    @Override
    public Notifier open(TimeSource time) {
        return new Webhook(this);
    }

    @Override
    public String describe() {
        return "webhook " + HttpDoor.place(url);
    }

    @Override
    public String toString() {
        return describe();
    }
}
