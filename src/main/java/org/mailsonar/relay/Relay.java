package org.mailsonar.relay;

import java.util.Optional;

/** A door by which mail leaves: an SMTP server, the machine's own sendmail program, or a directory. Implementations are thread-safe. */
public interface Relay extends AutoCloseable {

    /**
     * Hands one message over and waits until the next hop has answered for it; blocks, within the relay's time limits.
     *
     * @return what the next hop said; trouble of any kind is a {@link Transmission.Deferred}, never an exception
     */
    Transmission send(OutgoingMail mail);

    /**
     * Tries whether mail could leave, without sending any; blocks, within the relay's time limits.
     *
     * @return what stands in the way, on one line with the remedy where one is known; empty when nothing is known to
     */
    default Optional<String> check() {
        return Optional.empty();
    }

    /** Where mail goes, for logs and error texts: {@code smtp://127.0.0.1:25}; no secret in it. */
    String describe();

    /** Ends kept connections; messages under way are finished first. */
    @Override
    void close();
}
