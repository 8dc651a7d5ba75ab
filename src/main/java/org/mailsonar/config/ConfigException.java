package org.mailsonar.config;

import java.nio.file.Path;

/** A configuration file that cannot be used. The message is one line: file, line, key, what is wrong and what would be right. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 2000;

    ConfigException(String message) {
        super(oneLine(message));
    }

    static ConfigException at(Path file, int line, String key, String whatAndRemedy) {
        String place = file + ":" + line + ": ";
        return new ConfigException(place + (key.isEmpty() ? "" : key + ": ") + whatAndRemedy);
    }

    /** Values and keys are shown as they stand in the file, where escapes can make any character of them. */
    private static String oneLine(String message) {
        String line = message.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
