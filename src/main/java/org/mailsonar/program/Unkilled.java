package org.mailsonar.program;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Programs that were killed and run on, since they have another user's rights or wait for a device. Thread-safe. */
final class Unkilled {

    private static final Duration DYING = Duration.ofSeconds(1);
    private static final Map<List<String>, Process> BY_COMMAND = new ConcurrentHashMap<>();

    private Unkilled() {}

    /** Whether one that was killed ends; one that does not is remembered. */
    static boolean awaitEnd(Process process, List<String> command) throws InterruptedException {
        if (process.waitFor(DYING.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        BY_COMMAND.put(List.copyOf(command), process);
        return false;
    }

    /** Whether the one that was run last by this command still runs. */
    static boolean isAlive(List<String> command) {
        BY_COMMAND.values().removeIf(process -> !process.isAlive());
        return BY_COMMAND.containsKey(command);
    }
}
