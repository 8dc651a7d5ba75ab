package org.mailsonar.cli;

import java.util.concurrent.atomic.AtomicInteger;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.reflect.ReplayGuard;
import org.mailsonar.report.TimedRelay;

/**
 * A configuration in force, with the relay and the handler made of it. It counts who uses it: once it is retired, the last message
 * that began with it closes the relay behind itself. Thread-safe.
 *
 * @param config what it is made of
 * @param relay how its returns leave
 * @param listening handles what comes by listeners
 * @param holding handles what lies in directories and mailboxes
 * @param replays the probes that were returned
 * @param users the messages that are being handled, and one more until it is retired; at 0 it is over
 */
record Generation(
        ReflectorConfig config,
        TimedRelay relay,
        MailHandler listening,
        MailHandler holding,
        ReplayGuard replays,
        AtomicInteger users) {

    Generation(
            ReflectorConfig config, TimedRelay relay, MailHandler listening, MailHandler holding, ReplayGuard replays) {
        this(config, relay, listening, holding, replays, new AtomicInteger(1));
    }

    /** Begins to use it; false when it is over. */
    boolean enter() {
        return users.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
    }

    /** The end of each use. Closing waits for the relay's connections, so whoever is last does not do it himself. */
    void leave() {
        if (users.decrementAndGet() == 0) {
            Thread.ofVirtual().name("retired relay").start(relay::close);
        }
    }

    /** It is no longer in force; what began with it goes to its end. To be called once. */
    void retire() {
        leave();
    }
}
