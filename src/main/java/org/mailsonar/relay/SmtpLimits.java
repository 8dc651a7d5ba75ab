package org.mailsonar.relay;

import java.time.Duration;

/**
 * How long an SMTP relay waits and how many connections it has. Each time is at least 1 ms and at most a day.
 *
 * @param connect until a connection stands, all addresses of the host together
 * @param reply for the greeting, for TLS and for the reply to each command
 * @param data for the reply to the final dot; RFC 5321 §4.5.3.2.6 advises 10 min, which is longer than most who hand
 *     mail to a reflector wait themselves, so the default is 2 min
 * @param connections how many may be open at once, at least 1; a message beyond waits for up to {@code reply}
 * @param idle how many are kept for the next message; 0 for a process that sends a single one
 * @param keep how long an idle connection is kept
 */
public record SmtpLimits(Duration connect, Duration reply, Duration data, int connections, int idle, Duration keep) {

    /** 10 s, 60 s and 2 min; 50 connections, of which 32 are kept for 30 s. */
    public static final SmtpLimits DEFAULT = new SmtpLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(2), 50, 32, Duration.ofSeconds(30));

    public SmtpLimits {
        checkTime("connectTimeout", connect);
        checkTime("replyTimeout", reply);
        checkTime("dataTimeout", data);
        checkTime("keep", keep);
        if (connections < 1 || idle < 0) {
            throw new IllegalArgumentException("connections is at least 1, and idle at least 0");
        }
    }

    /** The same, but no connection is kept: for a process that sends one message and ends. */
    public SmtpLimits keepingNone() {
        return new SmtpLimits(connect, reply, data, connections, 0, keep);
    }

    private static void checkTime(String name, Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + " is at least 1ms and at most 24h");
        }
    }
}
