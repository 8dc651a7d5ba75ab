package org.mailsonar.config;

import java.nio.file.Path;
import java.util.List;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.protocol.Dialogue;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.time.TimeSource;

/** Looks at URLs as {@code mailsonar check} does. */
public final class CheckLooks {

    private final ChecksReader reader;
    private final Path directory;

    /** Files in URLs are relative to the directory. */
    public CheckLooks(Path directory) {
        this(directory, List.of());
    }

    /** The same with a site's own dialogues. */
    public CheckLooks(Path directory, List<Dialogue> dialogues) {
        this.directory = directory;
        this.reader = new ChecksReader(dialogues, Limits.DEFAULT, TimeSource.system());
    }

    /** What is found at a URL. */
    public CheckResult at(String url) throws ConfigException, InterruptedException {
        return reader.read(url, directory).check().run();
    }
}
