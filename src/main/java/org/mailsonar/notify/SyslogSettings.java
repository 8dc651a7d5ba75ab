package org.mailsonar.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.mailsonar.time.TimeSource;

/**
 * A syslog that is written to.
 *
 * @param host of the server that listens to UDP; empty for this machine's own, by the program {@code logger}
 * @param port its port; 0 with this machine's own
 */
public record SyslogSettings(String host, int port) implements WaySettings {

    private static final int UDP = 514;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * Reads {@code local}, or {@code udp://host:port}; port 514 when none is given.
     *
     * @throws IllegalArgumentException when it is neither; the message says what would be right
     */
    public static SyslogSettings parse(String text) {
        if (text.equals("local")) {
            return new SyslogSettings("", 0);
        }
        try {
            URI url = new URI(text);
            if ("udp".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getPath().isEmpty()) {
                return new SyslogSettings(url.getHost(), url.getPort() < 0 ? UDP : url.getPort());
            }
        } catch (URISyntaxException notOne) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("'" + text + "' is no syslog; write local, or udp://host:514");
    }

    @Override
    public Notifier open(TimeSource time) {
        return host.isEmpty() ? new LoggerNotifier(LIMIT) : new SyslogNotifier(this, time);
    }

    @Override
    public String describe() {
        return "syslog " + (host.isEmpty() ? "of this machine" : "udp://" + host + ":" + port);
    }
}
