package org.mailsonar.intake.directory;

import java.util.HashSet;
import java.util.Set;

/** Remembers files that were found unwanted, as long as sweeps find them; fifty thousand at most. Thread-safe. */
final class SeenFiles {

    private static final int MOST = 50_000;

    private final Complaints complaints;
    private Set<String> seen = new HashSet<>();
    private Set<String> foundAgain = new HashSet<>();

    SeenFiles(Complaints complaints) {
        this.complaints = complaints;
    }

    synchronized boolean contains(String file) {
        boolean there = seen.contains(file);
        if (there) {
            foundAgain.add(file);
        }
        return there;
    }

    synchronized void add(String file) {
        if (seen.size() >= MOST) {
            complaints.about(
                    "more than " + MOST + " mails that are no probes lie here, and all beyond are read again and again;"
                            + " give the probes a mailbox of their own",
                    "");
            return;
        }
        seen.add(file);
        foundAgain.add(file);
    }

    synchronized void sweepBegins() {
        foundAgain = new HashSet<>();
    }

    /** What this sweep has not found is gone. */
    synchronized void sweepEnds() {
        seen = foundAgain;
        foundAgain = new HashSet<>();
    }
}
