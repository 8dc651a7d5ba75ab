package org.mailsonar.relay;

/** What the next hop said of a message. Texts are one line, from a stranger, with control characters removed. */
public sealed interface Transmission {

    /** The server's reply, or what went wrong: one line for people. */
    String text();

    /** The next hop has taken the responsibility (RFC 5321 §6.1); the reply often holds its queue id. */
    record Accepted(String text) implements Transmission {}

    /** Refused for good: a 5xx reply, or a sendmail status that no retry would change. */
    record Refused(String text) implements Transmission {}

    /**
     * Not now: a 4xx reply, no connection, a time-out, a connection lost. When it was lost after the final dot, the next hop
     * may have taken the message all the same; sending it again may then deliver it twice.
     *
     * @param answered whether a server answered so for this very message, rather than could not be talked to at all
     */
    record Deferred(String text, boolean answered) implements Transmission {

        /** A server's answer. */
        public Deferred(String text) {
            this(text, true);
        }

        /** Trouble on the way to an answer. */
        public static Deferred unanswered(String text) {
            return new Deferred(text, false);
        }
    }
}
