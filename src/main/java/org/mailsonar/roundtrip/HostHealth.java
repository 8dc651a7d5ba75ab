package org.mailsonar.roundtrip;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.relay.Transmission;

/**
 * Whether a submission host takes any mail at all. It does not, when it has answered for several probes in a row by nothing but no, and
 * these went to different targets, or it could not be talked to. Thread-safe.
 */
final class HostHealth {

    private static final int IN_A_ROW = 3;

    private int inARow;
    private int unanswered;
    private final Set<String> targets = new HashSet<>();
    private @Nullable String why;

    /** Notes an answer; one that takes a probe makes all good again. */
    synchronized void answered(String target, Transmission answer) {
        if (answer instanceof Transmission.Accepted) {
            inARow = 0;
            unanswered = 0;
            targets.clear();
            why = null;
            return;
        }
        inARow++;
        if (answer instanceof Transmission.Deferred(String _, boolean answered) && !answered) {
            unanswered++;
        }
        if (targets.size() < IN_A_ROW) {
            targets.add(target);
        }
        if (inARow >= IN_A_ROW && (targets.size() >= IN_A_ROW || unanswered >= IN_A_ROW)) {
            why = "the submission host takes nothing: " + answer.text();
        }
    }

    /** Why it takes nothing; null when it takes mail, or not enough is known. */
    synchronized @Nullable String trouble() {
        return why;
    }
}
