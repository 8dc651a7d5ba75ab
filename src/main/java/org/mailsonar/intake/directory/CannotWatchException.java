package org.mailsonar.intake.directory;

/** A directory cannot be watched. The message is one line for people, with the directory, the cause and the remedy. */
public final class CannotWatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotWatchException(String message) {
        super(message);
    }

    CannotWatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
