package org.mailsonar.reflect;

import java.time.Duration;
import java.time.Instant;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.time.TimeSource;

/**
 * Remembers which probes were returned, so that copies of one (a client's retry after it missed the 250, or somebody's who got hold of
 * a probe) make one return and no more. It is asked about proven and permitted probes alone, so that strangers cannot fill it. Thread-safe.
 */
public interface ReplayGuard {

    /**
     * Asks for the leave to return a probe.
     *
     * @param keyFingerprint the key that has signed it: two monitors may have chosen the same id
     */
    Answer ask(String keyFingerprint, ProbeId probe);

    /** Remembers nothing and always gives leave: for a program that ends after one message. */
    static ReplayGuard none() {
        return new NoReplayGuard();
    }

    /**
     * Remembers within this process.
     *
     * @param window for how long after its return a probe is not returned again, by the monotonic clock
     * @param most how many returned probes are remembered; beyond, the oldest are forgotten. One takes 300 bytes of memory
     */
    static ReplayGuard within(Duration window, int most, TimeSource time) {
        return new ResidentReplayGuard(window, most, time);
    }

    /** Whether a probe may be returned. */
    sealed interface Answer {

        /** Another copy of it is being returned at this moment, and nobody knows yet how that ends. */
        record UnderWay() implements Answer {}

        /**
         * It was returned already.
         *
         * @param when the moment at which the next hop had accepted the return
         */
        record ReturnedAlready(Instant when) implements Answer {}
    }

    /** The leave to return one probe, held by one thread; closing it without a word of a return frees the probe for its next copy. */
    non-sealed interface Leave extends Answer, AutoCloseable {

        /** The next hop has accepted the return. */
        void returned();

        @Override
        void close();
    }
}
