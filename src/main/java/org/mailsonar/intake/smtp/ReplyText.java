package org.mailsonar.intake.smtp;

import java.util.Locale;
import org.mailsonar.message.OneLine;

/** Makes what strangers say or cause fit for a trace line or a log line. */
final class ReplyText {

    private ReplyText() {}

    /** What a client calls itself, as it may stand in a trace line: letters, digits and {@code .-_:[]}, at most 255 of them. */
    static String hostName(String name) {
        String cut = name.length() > 255 ? name.substring(0, 255) : name;
        return cut.replaceAll("[^A-Za-z0-9.\\-_:\\[\\]]", "?");
    }

    /** An exception on one line, with the place it comes from, for a log that strangers can cause to be written. */
    static String of(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : String.format(Locale.ROOT, " (at %s)", trace[0]);
        return failure.getClass().getName() + ": " + OneLine.ascii(String.valueOf(failure.getMessage())) + place;
    }
}
