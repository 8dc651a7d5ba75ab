package org.mailsonar.cli;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    /** The one that will be in force in a moment; null at other times. */
    private volatile @Nullable Generation next;

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

    /** Whether an address is probed now, or will be in a moment. */
    boolean isProbed(EmailAddress address) {
        Generation announced = next;
        if (announced != null && announced.config().settings().isProbed(address)) {
            return true;
        }
        return current().config().settings().isProbed(address);
    }

    /** The one in force. */
    Generation current() {
        return current.get();
    }

    /** Another one will be in force if its places can be had. */
    void announce(Generation announced) {
        next = announced;
    }

    /** The one that was announced will not be in force. */
    void forgo(Generation announced) {
        next = null;
        announced.retire();
    }

    /** Puts another one in force. */
    void exchange(Generation announced) {
        current.getAndSet(announced).retire();
        next = null;
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
