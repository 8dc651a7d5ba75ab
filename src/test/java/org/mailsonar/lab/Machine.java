package org.mailsonar.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A machine of a {@link MailSite}, which can be broken and mended.
 *
 * @param name what the site calls it
 * @param server what runs on it
 * @param fronts the ports by which all others know it
 */
public record Machine(String name, LabServer server, List<Front> fronts) implements AutoCloseable {

    public Machine {
        fronts = List.copyOf(fronts);
    }

    /** Nobody listens there any more. */
    public void stop() {
        server.cutPower();
        fronts.forEach(Front::shut);
    }

    /** It is off, or the network to it is cut: nothing answers at all. */
    public void vanish() {
        server.cutPower();
        fronts.forEach(Front::vanish);
    }

    /** The opposite of {@link #stop} and {@link #vanish}. */
    public void start() throws IOException {
        server.startAgain();
        fronts.forEach(Front::lead);
    }

    /** Each piece of each of its answers comes that much later. */
    public void slow(Duration delay) {
        fronts.forEach(front -> front.delay(delay));
    }

    @Override
    public void close() {
        fronts.forEach(Front::close);
        server.close();
    }
}
