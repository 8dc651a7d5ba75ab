package org.mailsonar.verdict.fault.heldout;

import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;

/** One dialogue with a server: its time adds up until something goes wrong, and nothing counts after that. */
final class Dialogue {

    private final double answerLimit;
    private final double wholeLimit;
    private double seconds;
    private @Nullable Trouble trouble;
    private String words = "";

    /**
     * A dialogue.
     *
     * @param answerLimit seconds for each answer
     * @param wholeLimit seconds for all of it
     */
    Dialogue(double answerLimit, double wholeLimit) {
        this.answerLimit = answerLimit;
        this.wholeLimit = wholeLimit;
    }

    /** An answer that takes so long. */
    Dialogue answer(Stage stage, double takes) {
        return answer(stage, takes, answerLimit);
    }

    /** The same with a limit of its own. */
    Dialogue answer(Stage stage, double takes, double limit) {
        if (trouble == null) {
            double patience = Math.min(limit, wholeLimit - seconds);
            seconds += Math.min(takes, patience);
            if (takes > patience) {
                trouble = new Trouble(stage, Kind.TIME_OUT);
                words = "no answer in time";
            }
        }
        return this;
    }

    /** What the server says then, as it says it. */
    Dialogue failIf(boolean isSo, Stage stage, Kind kind, String said) {
        if (trouble == null && isSo) {
            trouble = new Trouble(stage, kind);
            words = said;
        }
        return this;
    }

    @Nullable
    Trouble trouble() {
        return trouble;
    }

    String words() {
        return words;
    }

    double seconds() {
        return seconds;
    }
}
