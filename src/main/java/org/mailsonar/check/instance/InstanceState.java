package org.mailsonar.check.instance;

import java.util.Locale;

/** How an instance stands, in the words of service managers. */
public enum InstanceState {
    /** On its way up. */
    STARTING,
    /** It works. */
    RUNNING,
    /** On its way down. */
    STOPPING,
    /** It does not run, or nobody listens for it. */
    STOPPED,
    /** On its way into a pause. */
    PAUSING,
    /** There, and takes nothing new. */
    PAUSED,
    /** On its way back from a pause. */
    CONTINUING,
    /** It cannot be told. */
    UNKNOWN;

    /** Its name in output. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a Windows service by its number (SERVICE_STATUS, dwCurrentState): 1 to 7; unknown for another one. */
    static InstanceState ofWindows(int number) {
        return switch (number) {
            case 1 -> STOPPED;
            case 2 -> STARTING;
            case 3 -> STOPPING;
            case 4 -> RUNNING;
            case 5 -> CONTINUING;
            case 6 -> PAUSING;
            case 7 -> PAUSED;
            default -> UNKNOWN;
        };
    }
}
