package org.mailsonar.verdict.fault;

import java.util.List;

/** What the fault finder concludes. */
public sealed interface Finding {

    /** Whom it suspects, the most suspect first; nobody where all is good. */
    List<Suspect> suspects();

    /** One line for people. */
    String text();

    /** Nothing is wrong, as far as was seen. */
    record AllGood() implements Finding {
        @Override
        public List<Suspect> suspects() {
            return List.of();
        }

        @Override
        public String text() {
            return "nothing is wrong as far as was seen";
        }
    }

    /** Somebody is to blame. */
    record Found(List<Suspect> suspects) implements Finding {

        public Found {
            suspects = List.copyOf(suspects);
        }

        @Override
        public String text() {
            return suspects.getFirst().toString();
        }
    }

    /**
     * Something is wrong, and what was seen fits several faults, or none.
     *
     * @param why in words for people
     * @param suspects who it may be; none of them more than possible
     */
    record CannotTell(String why, List<Suspect> suspects) implements Finding {

        public CannotTell {
            suspects = List.copyOf(suspects);
        }

        @Override
        public String text() {
            return "cannot tell: " + why;
        }
    }
}
