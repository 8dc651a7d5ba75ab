package org.mailsonar.time;

import java.time.Duration;

/**
 * Lets real time pass. Only for what nothing tells us about: a foreign server that has to be asked again, a machine's counters between two
 * readings, another process's lock. What happens inside this process is waited for where it happens.
 */
public final class Pause {

    private Pause() {}

    /**
     * Blocks the calling thread; a virtual one gives up its carrier meanwhile.
     *
     * @param time zero or less returns at once
     * @throws InterruptedException when the caller gave up on it
     */
    public static void of(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
