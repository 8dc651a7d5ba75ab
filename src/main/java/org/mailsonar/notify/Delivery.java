package org.mailsonar.notify;

/** What became of telling something by one way. */
public sealed interface Delivery {

    /** The way has taken it. */
    record Delivered() implements Delivery {}

    /**
     * It was not taken, or nobody knows; it has to be told again.
     *
     * @param why one printable line for people, without any secret
     */
    record Failed(String why) implements Delivery {}
}
