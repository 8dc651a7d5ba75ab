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
final class Generations implements MailHandler {

    private final AtomicReference<Generation> current;
    private final MailHandler keeping = mail -> handle(mail, Generation::keeping);

    Generations(Generation first) {
        this.current = new AtomicReference<>(first);
    }

    /** For places that can refuse a message: what to do with a stranger's is for the configuration to say. */
    @Override
    public Disposition handle(ReceivedMail mail) {
        return handle(mail, Generation::taking);
    }

    /** For places where mail lies, a stranger's too, which is left alone. */
    MailHandler keeping() {
        return keeping;
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

    private Disposition handle(ReceivedMail mail, Function<Generation, MailHandler> handler) {
        Generation generation = enter();
        try {
            return handler.apply(generation).handle(mail);
        } finally {
            generation.leave();
        }
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
