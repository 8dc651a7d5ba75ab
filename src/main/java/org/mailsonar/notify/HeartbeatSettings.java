package org.mailsonar.notify;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A dead man's switch: a server that raises the alarm when it hears nothing for some time.
 *
 * @param url what is got while the monitor is well; may be a secret
 * @param failUrl what is posted to while it is not; null for silence, which raises the alarm as well
 * @param every how often
 */
public record HeartbeatSettings(URI url, @Nullable URI failUrl, Duration every) {

    @Override
    public String toString() {
        return "heartbeat to " + HttpDoor.place(url) + " every " + Texts.time(every);
    }
}
