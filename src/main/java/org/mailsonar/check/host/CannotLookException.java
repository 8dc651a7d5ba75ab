package org.mailsonar.check.host;

import org.mailsonar.message.OneLine;

/** Something could not be looked at. The message is one line: what, why, and what to do. */
final class CannotLookException extends Exception {

    private static final long serialVersionUID = 1L;

    CannotLookException(String message) {
        super(OneLine.printable(message));
    }

    String line() {
        return String.valueOf(getMessage());
    }
}
