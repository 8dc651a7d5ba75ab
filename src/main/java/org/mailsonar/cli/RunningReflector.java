package org.mailsonar.cli;

import java.util.List;
import org.mailsonar.intake.smtp.SmtpListener;
import org.mailsonar.relay.Relay;

/** A resident reflector at work; closing it lets messages under way finish first. */
record RunningReflector(List<SmtpListener> listeners, Relay relay) implements AutoCloseable {

    @Override
    public void close() {
        listeners.forEach(SmtpListener::close);
        relay.close();
    }
}
