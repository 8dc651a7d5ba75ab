package org.mailsonar.cli;

import java.util.function.Consumer;
import org.apache.logging.log4j.Logger;
import org.mailsonar.intake.HandledMail;

/** Writes one line for each message; where a handler failed, where in the program that was. Thread-safe. */
record MessageLog(Logger log) implements Consumer<HandledMail> {

    @Override
    public void accept(HandledMail handled) {
        log.info(new MessageEntry(handled));
        if (handled.failure() != null) {
            log.error("a handler failed unexpectedly", handled.failure());
        }
    }
}
