package org.mailsonar.intake.mailbox;

import java.time.Duration;
import org.mailsonar.time.Moment;

/**
 * When a message was found.
 *
 * @param found the moment
 * @param resolution for how long it may have been there already
 */
record Arrival(Moment found, Duration resolution) {}
