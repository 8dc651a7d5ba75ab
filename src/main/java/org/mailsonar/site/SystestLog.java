package org.mailsonar.site;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.mailsonar.time.UtcText;

/**
 * {@code systest.log}: a line for each run with time (UTC), store, MTA, proxy, total time in milliseconds ({@code -} where the mail was not
 * fetched) and error, in columns as wide as the site's longest names. Each line is one write at the end of the file, so several processes
 * may log to it, and it is opened for each, so it may be rotated at any time. Thread-safe.
 */
public final class SystestLog {

    private final Path file;
    private final int store;
    private final int mta;
    private final int proxy;

    /** The log of a site's runs in this file. */
    public SystestLog(Path file, Site site) {
        this.file = file;
        List<org.mailsonar.site.Path> paths = site.paths();
        this.store = width(paths, org.mailsonar.site.Path::store);
        this.mta = width(paths, org.mailsonar.site.Path::mta);
        this.proxy = width(paths, org.mailsonar.site.Path::proxy);
    }

    /**
     * Adds a run.
     *
     * @throws IOException when the file cannot be written
     */
    public void add(PathRun run) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((line(run) + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (line.hasRemaining()) {
                out.write(line);
            }
        }
    }

    /** The line of a run, without its end. */
    String line(PathRun run) {
        Duration total = run.total();
        return String.format(
                        Locale.ROOT,
                        "%s  %-" + store + "s  %-" + mta + "s  %-" + proxy + "s  %7s  %s",
                        UtcText.millis(run.started()),
                        run.path().store(),
                        run.path().mta(),
                        run.path().proxy(),
                        total == null ? "-" : Long.toString(total.toMillis()),
                        run.error())
                .stripTrailing();
    }

    private static int width(List<org.mailsonar.site.Path> paths, Function<org.mailsonar.site.Path, String> name) {
        return paths.stream().mapToInt(path -> name.apply(path).length()).max().orElse(1);
    }
}
