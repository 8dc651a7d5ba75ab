package org.mailsonar.roundtrip;

/** What became of one probe. */
public sealed interface Outcome {

    /** The outcome's name in output and in the database. */
    String name();

    /** Sent, and nothing has come yet. */
    record InFlight() implements Outcome {
        @Override
        public String name() {
            return "in flight";
        }
    }

    /** It came back within the time-out. */
    record Returned(RoundTrip roundTrip) implements Outcome {
        @Override
        public String name() {
            return "returned";
        }
    }

    /** It came back, after the time-out. */
    record Late(RoundTrip roundTrip) implements Outcome {
        @Override
        public String name() {
            return "late";
        }
    }

    /** It did not come back within the time-out. */
    record Lost() implements Outcome {
        @Override
        public String name() {
            return "lost";
        }
    }

    /** The submission host did not take it; {@code why} is its reply, or what went wrong. */
    record Refused(String why) implements Outcome {
        @Override
        public String name() {
            return "refused";
        }
    }

    /** A mail system on the way gave it back; {@code why} is the cause that it named. */
    record Bounced(String why) implements Outcome {
        @Override
        public String name() {
            return "bounced";
        }
    }

    /**
     * The submission host would not take it for now ({@code why} is its 4xx reply), as greylisting does: neither slow nor lost.
     */
    record Deferred(String why) implements Outcome {
        @Override
        public String name() {
            return "deferred";
        }
    }

    /** It could not be handed over at all: no connection, no login, no answer. That says nothing about the target. */
    record SendFailed(String why) implements Outcome {
        @Override
        public String name() {
            return "send failed";
        }
    }

    /** It did not come back in time, and the monitor could not have seen it: {@code why} says what kept it. */
    record Inconclusive(String why) implements Outcome {
        @Override
        public String name() {
            return "inconclusive";
        }
    }
}
