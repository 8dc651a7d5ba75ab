package org.mailsonar.config;

import java.nio.file.Path;

/** A configuration file that cannot be used. The message is one line: file, line, key, what is wrong and what would be right. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }

    static ConfigException at(Path file, int line, String key, String whatAndRemedy) {
        String place = file + ":" + line + ": ";
        return new ConfigException(place + (key.isEmpty() ? "" : key + ": ") + whatAndRemedy);
    }
}
