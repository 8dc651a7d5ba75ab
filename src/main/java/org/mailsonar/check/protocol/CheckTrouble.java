package org.mailsonar.check.protocol;

import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;

/** Why a conversation ends early. It has no stack trace: it is a result and says itself what happened. */
public final class CheckTrouble extends Exception {

    private final State state;
    private final Trouble trouble;
    private final String text;
    private final boolean isFinal;

    private CheckTrouble(State state, Trouble trouble, String text, boolean isFinal) {
        super(text, null, false, false);
        this.state = state;
        this.trouble = trouble;
        this.text = text;
        this.isFinal = isFinal;
    }

    /** It does not work, and nothing more can be said on this connection. */
    static CheckTrouble broken(Stage stage, Kind kind, String text) {
        return new CheckTrouble(State.FAILING, new Trouble(stage, kind), text, true);
    }

    /** The same, of another weight. */
    static CheckTrouble broken(State state, Stage stage, Kind kind, String text) {
        return new CheckTrouble(state, new Trouble(stage, kind), text, true);
    }

    /** The server said it in a whole reply, and still listens for a goodbye. */
    static CheckTrouble told(State state, Stage stage, Kind kind, String text) {
        return new CheckTrouble(state, new Trouble(stage, kind), text, false);
    }

    State state() {
        return state;
    }

    Trouble trouble() {
        return trouble;
    }

    /** One line; a part of it may be the server's. */
    String text() {
        return text;
    }

    /** Whether the connection is of no more use, not even for a goodbye. */
    boolean isFinal() {
        return isFinal;
    }
}
