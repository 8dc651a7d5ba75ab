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
}
