package org.mailsonar.relay;

import java.nio.charset.StandardCharsets;
import org.mailsonar.message.OneLine;

/**
 * What was said while one message was handed over, for people: {@code C: MAIL FROM:<…>}, {@code S: 250 2.1.0 Ok}, lines that begin with
 * {@code --} tell what happened beside. It holds no login and no content, and at most 8,000 characters. One thread at a time.
 */
public final class Transcript {

    private static final int MOST = 8_000;
    private static final int LONGEST_LINE = 600;

    private final StringBuilder text = new StringBuilder();

    /** The lines so far, each ended by LF. */
    public String text() {
        return text.toString();
    }

    void said(byte[] commands) {
        new String(commands, StandardCharsets.UTF_8).lines().forEach(line -> add("C: " + line));
    }

    void heard(SmtpReply reply) {
        for (int i = 0; i < reply.lines().size(); i++) {
            boolean last = i == reply.lines().size() - 1;
            add("S: " + reply.code() + (last ? " " : "-") + reply.lines().get(i));
        }
    }

    void note(String what) {
        add("-- " + what);
    }

    private void add(String line) {
        String printable =
                OneLine.printable(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line);
        if (text.length() + printable.length() < MOST) {
            text.append(printable).append('\n');
        }
    }
}
