package org.mailsonar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Tells whether a file is still the same one: device, number, size and time of change in seconds, as any program can ask for them. */
final class FileStamp {

    private FileStamp() {}

    /** Its stamp now; another one, without digits, when there is no such file. */
    static String of(Path file) {
        try {
            Map<String, Object> known = Files.readAttributes(file, "unix:dev,ino,size");
            long changed = Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
            return known.get("dev") + " " + known.get("ino") + " " + known.get("size") + " " + changed;
        } catch (IOException | UnsupportedOperationException none) {
            return "none";
        }
    }
}
