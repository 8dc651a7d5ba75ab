package org.mailsonar.intake;

import java.util.concurrent.TimeUnit;
import org.mailsonar.time.TimeSource;

/**
 * Lets through a number of messages in each minute and defers those beyond, which come again: whoever floods a listener does not
 * flood what stands behind it. Thread-safe.
 */
public final class PacedHandler implements MailHandler {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final MailHandler handler;
    private final int perMinute;
    private final TimeSource time;
    private long minuteBegan;
    private int inThisMinute;

    /** A handler that lets {@code handler} have so many messages a minute. */
    public PacedHandler(MailHandler handler, int perMinute, TimeSource time) {
        this.handler = handler;
        this.perMinute = perMinute;
        this.time = time;
        this.minuteBegan = time.now().monotonicNanos();
    }

    @Override
    public Disposition handle(ReceivedMail mail) {
        return isWithinLimit()
                ? handler.handle(mail)
                : new Disposition.Deferred(
                        "more than " + perMinute + " messages in this minute; try again later",
                        Disposition.Detail.of("rate_overall"));
    }

    private synchronized boolean isWithinLimit() {
        long now = time.now().monotonicNanos();
        if (now - minuteBegan >= MINUTE) {
            minuteBegan = now;
            inThisMinute = 0;
        }
        if (inThisMinute >= perMinute) {
            return false;
        }
        inThisMinute++;
        return true;
    }
}
