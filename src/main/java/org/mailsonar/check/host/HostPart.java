package org.mailsonar.check.host;

/** One of the things that a machine is looked at for. */
interface HostPart {

    /** What it is called when it cannot be looked at. */
    String name();

    /** Looks once, adds measures, and notes what the next round has to know. */
    void look(Round round) throws CannotLookException, InterruptedException;
}
