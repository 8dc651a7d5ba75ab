package org.mailsonar.roundtrip;

import java.time.Duration;
import java.util.Optional;
import org.mailsonar.intake.Expectation;
import org.mailsonar.time.TimeSource;

/**
 * The returns that this process's probes in flight let expect, for intakes that have to look for mail. A probe that does not come back is
 * expected for so long and no more, since it stays among the flights. Thread-safe.
 */
public final class AwaitedReturns implements Expectation {

    private final Flights flights;
    private final TimeSource time;
    private final Duration longest;

    /**
     * What is expected.
     *
     * @param flights shared with the {@link ProbeDispatcher} of the same process
     * @param longest for how long a return is expected at most, such as the longest time-out of all targets
     */
    public AwaitedReturns(Flights flights, TimeSource time, Duration longest) {
        this.flights = flights;
        this.time = time;
        this.longest = longest;
    }

    @Override
    public Optional<Duration> waiting() {
        return flights.newest().map(left -> time.now().since(left)).filter(age -> age.compareTo(longest) <= 0);
    }

    @Override
    public Subscription onNewWait(Runnable wake) {
        flights.atDeparture(wake);
        return () -> flights.atDepartureNoMore(wake);
    }
}
