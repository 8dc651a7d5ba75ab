package org.mailsonar.intake;

import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import org.mailsonar.time.TimeSource;

/**
 * Allows so many messages in any 60 seconds for each of many senders, whoever a sender is: a client's network, a key, or everybody
 * together. The minute slides, so that no two bursts meet at the edge between two minutes. Thread-safe.
 *
 * <p>Time is counted in steps of five seconds, so a sender waits up to five seconds longer than need be. A sender takes 200 bytes
 * of memory. When there are too many, the one that was not seen for longest is forgotten, which only ever allows more.
 *
 * @param <K> what senders are told apart by
 */
public final class RateLimit<K> {

    private static final long STEP = TimeUnit.SECONDS.toNanos(5);

    /** The last minute, of which the oldest step is counted in full, and the step that is not over yet. */
    private static final int STEPS = 13;

    private static final int ANY = Integer.MAX_VALUE;

    private final int perMinute;
    private final int mostSenders;
    private final TimeSource time;
    private final long begun;
    private final LinkedHashMap<K, Steps> senders = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A limit.
     *
     * @param perMinute how many messages a sender may have in any 60 seconds; {@link Integer#MAX_VALUE} for any number
     * @param mostSenders how many senders are remembered
     * @param time of which the monotonic clock counts
     */
    public RateLimit(int perMinute, int mostSenders, TimeSource time) {
        this.perMinute = perMinute;
        this.mostSenders = mostSenders;
        this.time = time;
        this.begun = perMinute == ANY ? 0 : time.now().monotonicNanos();
    }

    /** Allows everything and remembers nobody. */
    public static <K> RateLimit<K> none() {
        return new RateLimit<>(ANY, 0, TimeSource.system());
    }

    /** How many messages a sender may have in any 60 seconds. */
    public int perMinute() {
        return perMinute;
    }

    /** Whether one more message of a sender is allowed now; if so it counts. */
    public boolean allows(K sender) {
        if (perMinute == ANY) {
            return true;
        }
        synchronized (senders) {
            long now = (time.now().monotonicNanos() - begun) / STEP;
            boolean allowed =
                    senders.computeIfAbsent(sender, unseen -> new Steps()).add(now, perMinute);
            if (senders.size() > mostSenders) {
                senders.pollFirstEntry();
            }
            return allowed;
        }
    }

    /** How many senders are remembered. */
    int size() {
        synchronized (senders) {
            return senders.size();
        }
    }

    /** How many messages there were in each of the last steps, in a ring. */
    private static final class Steps {

        private final int[] counts = new int[STEPS];
        private long newest;
        private int sum;

        boolean add(long step, int most) {
            for (long passed = Math.max(newest + 1, step - STEPS + 1); passed <= step; passed++) {
                int place = (int) (passed % STEPS);
                sum -= counts[place];
                counts[place] = 0;
            }
            newest = Math.max(newest, step);
            if (sum >= most) {
                return false;
            }
            counts[(int) (newest % STEPS)]++;
            sum++;
            return true;
        }
    }
}
