package org.mailsonar.notify;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.mailsonar.time.TimeSource;

/**
 * An HTTP server that sends short messages.
 *
 * @param gateway which dialect it speaks
 * @param url where
 * @param user who sends them
 * @param password his
 * @param from the number or name that they come from; empty where the gateway decides
 * @param to the numbers that they go to; at least one
 * @param segments how many messages a text may take: 1 or 2
 * @param timeLimit for each number
 */
public record SmsSettings(
        Gateway gateway,
        URI url,
        String user,
        String password,
        String from,
        List<String> to,
        int segments,
        Duration timeLimit)
        implements WaySettings {

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{2,20}");

    /** The dialects. */
    public enum Gateway {
        /** Kannel's {@code sendsms}: GET with username, password, from, to, text. */
        KANNEL,
        /** A form of To, From and Body by POST, with basic authentication (RFC 7617), as Twilio and others take it. */
        FORM
    }

    /** Refuses what cannot work, with an {@link IllegalArgumentException}. */
    public SmsSettings {
        HttpUrl.check(url, true);
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("no number to send to; write for example to: [\"+61400000001\"]");
        }
        if (segments < 1 || segments > 2) {
            throw new IllegalArgumentException("segments is 1 or 2");
        }
    }

    /**
     * Reads a telephone number: digits, with or without a plus before.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static String number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no number; write for example \"+61400000001\"");
        }
        return text;
    }

    @Override
    public Notifier open(TimeSource time) {
        return new SmsGateway(this);
    }

    @Override
    public String describe() {
        return "SMS by " + HttpDoor.place(url);
    }

    @Override
    public String toString() {
        return describe();
    }
}
