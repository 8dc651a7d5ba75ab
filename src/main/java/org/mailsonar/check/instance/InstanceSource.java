package org.mailsonar.check.instance;

import java.util.List;

/** Knows the instances of one kind of system. Thread-safe. */
public interface InstanceSource {

    /**
     * What was found.
     *
     * @param instances in the system's own order
     * @param troubles what could not be looked at and why, one line each, with the remedy
     */
    record Found(List<Instance> instances, List<String> troubles) {

        public Found {
            instances = List.copyOf(instances);
            troubles = List.copyOf(troubles);
        }

        static Found trouble(String line) {
            return new Found(List.of(), List.of(line));
        }
    }

    /** The word by which it is chosen. */
    String name();

    /** Whether its tools are on this machine. */
    boolean isHere();

    /** Looks at every instance once. */
    Found look() throws InterruptedException;
}
