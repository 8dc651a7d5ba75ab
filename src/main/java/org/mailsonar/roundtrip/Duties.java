package org.mailsonar.roundtrip;

import java.time.Instant;

/**
 * What one of all monitors has to do, and only once: the report of a day, for example. Who asks for it first is given it for a while; when he
 * does not say by then that it is done, the next one who asks is given it. Implemented by the store. Thread-safe. Methods throw
 * {@link LedgerException} when the book cannot be read or written.
 */
public interface Duties {

    /**
     * Asks for a duty.
     *
     * @param duty what makes it the same duty for all who ask
     * @param until when others are given it if it is not done by then
     * @return whether the caller has to do it: it is not done, and nobody else was given it for now
     */
    boolean claim(String duty, String monitor, Instant now, Instant until);

    /**
     * Moves the time when others are given a duty that the caller was given.
     *
     * @return whether it is still the caller's: neither done nor given to another one
     */
    boolean extend(String duty, String monitor, Instant until);

    /** It is done, for ever. */
    void done(String duty, Instant at);
}
