package org.mailsonar.roundtrip;

/** Something that is looked at by a schedule, and of which a verdict is held. */
public interface Judged {

    /** Its name in output and in the database; no two have the same. */
    String name();

    /** When it is looked at, and how long that may take. */
    Timing timing();

    /** How the results are judged, and who is told. */
    Policy policy();
}
