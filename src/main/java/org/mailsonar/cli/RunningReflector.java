package org.mailsonar.cli;

import java.util.List;
import org.mailsonar.intake.Intake;
import org.mailsonar.relay.Relay;

/** A resident reflector at work; closing it lets messages under way finish first. */
record RunningReflector(List<Intake> intakes, Relay relay) implements AutoCloseable {

    @Override
    public void close() {
        intakes.forEach(Intake::close);
        relay.close();
    }
}
