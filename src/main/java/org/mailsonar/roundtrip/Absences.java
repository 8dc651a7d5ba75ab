package org.mailsonar.roundtrip;

import java.time.Duration;
import java.time.Instant;

/**
 * Notes that other monitors of this vantage are not at work: those that were stopped or killed, also before this one began. What they
 * had in flight may come back to where nobody looks, so its loss proves nothing. Thread-safe.
 */
public final class Absences {

    static final String WHY = "the monitor that sent it was not at work";

    /** Whoever was silent for so long will not come back under that name. */
    private static final Duration FORGOTTEN = Duration.ofDays(2);

    private final MonitorSettings settings;
    private final Attendance attendance;

    /** Absences of other monitors than this one. */
    public Absences(MonitorSettings settings, Attendance attendance) {
        this.settings = settings;
        this.attendance = attendance;
    }

    /** Looks once who is absent; to be called now and then. */
    public void look(Instant now) {
        for (Attendance.Sign sign : attendance.signs()) {
            boolean silent = !sign.at().plus(OverdueProbes.SILENCE).isAfter(now);
            boolean beside =
                    sign.vantage().equals(settings.vantage()) && !sign.monitor().equals(settings.monitor());
            if (silent && beside) {
                attendance.blind(new Attendance.Blindness(sign.monitor(), sign.vantage(), sign.at(), now, WHY));
            }
        }
        attendance.forget(now.minus(FORGOTTEN));
    }
}
