package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** Warns of trouble once and not for every file and every try: the same again only after ten minutes. Thread-safe. */
final class Complaints {

    private static final Logger LOG = LogManager.getLogger(DirectoryWatcher.class);
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final int MOST = 50;

    private final String place;
    private final TimeSource time;
    private final Map<String, Moment> told = new HashMap<>();

    Complaints(String place, TimeSource time) {
        this.place = place;
        this.time = time;
    }

    /**
     * Something is not as it should be.
     *
     * @param what the kind of trouble, the same text each time it comes
     * @param example where it was seen now; may differ from time to time
     */
    synchronized void about(String what, String example) {
        Moment now = time.now();
        told.values().removeIf(before -> now.since(before).compareTo(SILENCE) >= 0);
        if (told.size() < MOST && told.putIfAbsent(what, now) == null) {
            LOG.warn("{}", OneLine.printable(place + ": " + what + (example.isEmpty() ? "" : " (" + example + ")")));
        }
    }

    /** That trouble is over: tells so if it was complained about. */
    synchronized void over(String what, String good) {
        if (told.remove(what) != null) {
            LOG.info("{}", OneLine.printable(place + ": " + good));
        }
    }

    /** The cause without the file's name, so that many files have one cause. */
    static String cause(Throwable trouble) {
        if (trouble instanceof FileSystemException known) {
            String kind = known.getClass().getSimpleName().replace("Exception", "");
            return known.getReason() == null ? kind : known.getReason();
        }
        boolean isPlain = trouble.getClass() == IOException.class && trouble.getMessage() != null;
        return isPlain ? String.valueOf(trouble.getMessage()) : trouble.toString();
    }
}
