package org.mailsonar.cli;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;

/**
 * What stands behind all places of a reflector: hands each message to the generation in force when the message came, which stays with
 * it to its end. Thread-safe.
 */
final class Generations {

    private final AtomicReference<Generation> current;

    Generations(Generation first) {
        this.current = new AtomicReference<>(first);
    }

    /** What stands behind listeners, for ever. */
    MailHandler listening() {
        return mail -> handle(mail, Generation::listening);
    }

    /** What stands behind places where mail lies, for ever. */
    MailHandler holding() {
        return mail -> handle(mail, Generation::holding);
    }

    private Disposition handle(ReceivedMail mail, Function<Generation, MailHandler> handler) {
        Generation generation = enter();
        try {
            return handler.apply(generation).handle(mail);
        } finally {
            generation.leave();
        }
    }

    /** Whether an address is probed now. */
    boolean isProbed(EmailAddress address) {
        return current().config().settings().isProbed(address);
    }

    /** The one in force. */
    Generation current() {
        return current.get();
    }

    /** Puts another one in force. */
    void exchange(Generation next) {
        current.getAndSet(next).retire();
    }

    /** One that is over was exchanged just before, so there is a new one. */
    private Generation enter() {
        while (true) {
            Generation generation = current.get();
            if (generation.enter()) {
                return generation;
            }
            Thread.onSpinWait();
        }
    }
}
