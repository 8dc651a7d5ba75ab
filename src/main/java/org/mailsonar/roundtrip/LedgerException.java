package org.mailsonar.roundtrip;

import org.jspecify.annotations.Nullable;

/** The ledger cannot be read or written. The message is one line for people: which database, what is wrong, what to do. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One line for people, and what the database said, if it was the database that noticed. */
    public LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
