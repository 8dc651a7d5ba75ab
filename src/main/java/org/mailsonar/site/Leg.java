package org.mailsonar.site;

import java.util.Locale;

/** The parts of a path run, in their order. */
public enum Leg {
    /** The MTA is asked to take the mail. */
    SUBMIT,
    /** The mail is on its way from the MTA to the store, and is waited for. */
    ARRIVAL,
    /** A customer's program logs in, looks, and reads it. */
    RETRIEVE;

    /** Its name in output and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The leg of a name.
     *
     * @throws IllegalArgumentException when there is none of this name
     */
    public static Leg of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
