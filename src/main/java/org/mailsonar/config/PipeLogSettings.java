package org.mailsonar.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a pipe program logs. Its log never goes to standard output or standard error: some mail servers bounce a mail whose program
 * speaks. The one line that it does say there goes with a status on which every mail server bounces: the cause, for the bounce.
 *
 * @param file the file that a line is added to; null for the system log
 */
public record PipeLogSettings(@Nullable Path file) {

    /** The system log: what a program does that knows no better, such as one whose configuration is broken. */
    public static final PipeLogSettings SYSLOG = new PipeLogSettings(null);

    static PipeLogSettings read(@Nullable ConfigNode node) throws ConfigException {
        return node == null || node.text().equals("syslog") ? SYSLOG : new PipeLogSettings(node.path());
    }
}
