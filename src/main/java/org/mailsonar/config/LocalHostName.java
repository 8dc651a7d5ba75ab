package org.mailsonar.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine's name, found without a look-up in the DNS, which may be slow or silent just when mail is in trouble. */
public final class LocalHostName {

    private LocalHostName() {}

    /** The name, or {@code localhost} where none is set. */
    public static String find() {
        String windows = System.getenv("COMPUTERNAME");
        if (windows != null && !windows.isBlank()) {
            return windows.strip();
        }
        try {
            String name = Files.readString(Path.of("/etc/hostname"), StandardCharsets.UTF_8)
                    .strip();
            return name.isEmpty() ? "localhost" : name;
        } catch (IOException withoutName) {
            return "localhost";
        }
    }
}
