package org.mailsonar.notify;

/** A way by which people are told. Implementations are thread-safe. */
public interface Notifier extends AutoCloseable {

    /**
     * Tells it and waits until the other side has taken it; blocks, within the way's time limit.
     *
     * @return whether it was taken; trouble of any kind is a {@link Delivery.Failed}, never an exception
     */
    Delivery deliver(Notice notice);

    /** Ends what the way keeps open. */
    @Override
    default void close() {}
}
