package org.mailsonar.relay;

import java.time.Duration;
import org.mailsonar.message.OneLine;

/** Why a dialogue with a mail server could not go on. It has no stack trace: it is a result and says itself what happened. */
final class SmtpTrouble extends Exception {

    /** What the trouble means for the connection. */
    enum Kind {
        /** The server ended it or is ending it; over a new connection the same may go well. */
        LOST,
        /** The server said no and still listens. */
        DECLINED,
        /** Time is up, or what came makes no sense. */
        FAILED
    }

    private final Kind kind;
    private final String text;

    private SmtpTrouble(Kind kind, String text) {
        super(text, null, false, false);
        this.kind = kind;
        this.text = text;
    }

    static SmtpTrouble lost(String text) {
        return new SmtpTrouble(Kind.LOST, OneLine.ascii(text));
    }

    static SmtpTrouble declined(String text) {
        return new SmtpTrouble(Kind.DECLINED, OneLine.ascii(text));
    }

    static SmtpTrouble failed(String text) {
        return new SmtpTrouble(Kind.FAILED, OneLine.ascii(text));
    }

    static SmtpTrouble timeUp(String what, Duration limit, String stage) {
        return failed("no " + what + " within " + words(limit) + stage);
    }

    Kind kind() {
        return kind;
    }

    /** One line, without host and port. */
    String text() {
        return text;
    }

    private static String words(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
