package org.mailsonar.intake.smtp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client was last heard of, and since when it owes what. Only notes the time when something comes; the listener looks at
 * all its connections once in a while and asks {@link #exhausted}, so no command costs a timer. Times are readings of the
 * monotonic clock in nanoseconds. Belongs to one connection and its thread.
 */
final class SessionPatience {

    /** What must come of a message in each {@link Patience#command()}: 17 bytes a second where that is a minute. */
    private static final int LEAST_CONTENT = 1024;

    /** What a client has begun and not ended. */
    enum Unfinished {
        NOTHING,
        COMMAND,
        CONTENT
    }

    private long heard;
    private long withoutMail;
    private Unfinished unfinished = Unfinished.NOTHING;
    private long begun;
    private long paceBegun;
    private int paceBytes;

    SessionPatience(long now) {
        heard = now;
        withoutMail = now;
    }

    /** So many bytes came, or the client took some of what it was told (0). */
    void heard(long now, int bytes) {
        heard = now;
        paceBytes += bytes;
    }

    /** A mail was answered: the client has its full time again. */
    void answered(long now, boolean taken) {
        heard = now;
        if (taken) {
            withoutMail = now;
        }
    }

    /** What was unfinished has come to its end. */
    void finished() {
        unfinished = Unfinished.NOTHING;
    }

    /** All that has come was looked at, and this is not at its end. */
    void left(Unfinished what) {
        if (unfinished != what) {
            unfinished = what;
            begun = heard;
            paceBegun = heard;
            paceBytes = 0;
        }
    }

    /** Whether the client was silent for so long. */
    boolean isSilent(long now, Duration limit) {
        return now - heard > limit.toNanos();
    }

    /** Why the client is waited for no longer; null if it is. */
    @Nullable
    SmtpReply exhausted(long now, Patience patience) {
        if (isSilent(now, patience.silence())) {
            return SmtpReply.IDLE;
        }
        return switch (unfinished) {
            case CONTENT -> contentExhausted(now, patience);
            case COMMAND ->
                now - begun > patience.command().toNanos() ? SmtpReply.SLOW : sessionExhausted(now, patience);
            case NOTHING -> sessionExhausted(now, patience);
        };
    }

    private @Nullable SmtpReply contentExhausted(long now, Patience patience) {
        if (now - begun > patience.content().toNanos()) {
            return SmtpReply.SLOW;
        }
        if (now - paceBegun > patience.command().toNanos()) {
            if (paceBytes < LEAST_CONTENT) {
                return SmtpReply.SLOW;
            }
            paceBegun = now;
            paceBytes = 0;
        }
        return null;
    }

    private @Nullable SmtpReply sessionExhausted(long now, Patience patience) {
        return now - withoutMail > patience.session().toNanos() ? SmtpReply.WITHOUT_MAIL : null;
    }
}
