package org.mailsonar.check.instance;

import java.util.List;

/**
 * One instance of a protocol.
 *
 * @param source which source knows it: {@code postfix}
 * @param name as its administrator calls it: {@code postfix-out/submission}
 * @param detail where it listens, and what is wrong; one line, may be empty
 * @param expected whether it is meant to run; false for one that is disabled
 * @param start the command that starts it; empty where none does
 */
public record Instance(
        String source,
        String name,
        InstanceProtocol protocol,
        InstanceState state,
        String detail,
        boolean expected,
        List<String> start) {

    public Instance {
        start = List.copyOf(start);
    }

    /** Whether somebody should hear of it: it is meant to run and does not, or nobody knows. */
    public boolean isDown() {
        return expected && state != InstanceState.RUNNING;
    }
}
