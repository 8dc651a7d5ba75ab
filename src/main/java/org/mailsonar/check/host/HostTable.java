package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The table that each run adds a row to, {@code qmonitor.log}: messages in the queue, active and held; available swap; scan rate; the
 * processors' user, system, wait and idle percent; TCP connections by service. What is not known is a dash. Head and row are written in
 * one go, so that the rows of two runs do not mix.
 */
final class HostTable {

    /** A head stands before every so many rows. */
    static final int ROWS = 24;

    private static final int TAIL = 64 * 1024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;

    HostTable(Path file) {
        this.file = file;
    }

    /** The row of a round, without its line end. */
    static String row(Round round) {
        StringBuilder row = new StringBuilder(TIME.format(round.now()));
        cell(row, round, "queue_active", 9, 1, 0);
        cell(row, round, "queue_held", 9, 1, 0);
        cell(row, round, "swap_available", 11, 1024.0 * 1024, 0);
        cell(row, round, "scan_rate", 9, 1, 0);
        for (String share : List.of("cpu_user", "cpu_system", "cpu_wait", "cpu_idle")) {
            cell(row, round, share, 6, 1, 0);
        }
        for (String service : round.settings().connections().keySet()) {
            cell(row, round, "tcp_" + service, width(service), 1, 0);
        }
        return row.toString();
    }

    /** The lines above the rows. */
    static String head(HostSettings settings) {
        List<String> services = new ArrayList<>(settings.connections().keySet());
        int width = services.stream().mapToInt(HostTable::width).sum();
        String above = String.format(Locale.ROOT, "#%19s%18s%11s%9s%24s", "", "queue", "swap", "scan", "cpu %");
        StringBuilder below = new StringBuilder(String.format(
                Locale.ROOT,
                "#%-19s%9s%9s%11s%9s%6s%6s%6s%6s",
                "time",
                "active",
                "held",
                "free MiB",
                "pages/s",
                "us",
                "sy",
                "wt",
                "id"));
        services.forEach(service ->
                below.append(" ".repeat(width(service) - service.length())).append(service));
        return above + (width == 0 ? "" : " ".repeat(Math.max(1, width - 3)) + "tcp") + "\n" + below + "\n";
    }

    private static int width(String service) {
        return Math.max(6, service.length() + 2);
    }

    private static void cell(StringBuilder row, Round round, String measure, int width, double unit, int digits) {
        OptionalDouble value = round.value(measure);
        String text =
                value.isEmpty() ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value.getAsDouble() / unit);
        row.append(" ".repeat(Math.max(1, width - text.length()))).append(text);
    }

    /** Adds a row, and before it what is to stand above it. */
    void add(String head, String row) throws CannotLookException {
        ByteBuffer bytes = ByteBuffer.wrap((head + row + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            int length = bytes.remaining();
            if (channel.write(bytes) != length) {
                throw new IOException("the disk is full");
            }
            channel.force(false);
        } catch (IOException unwritable) {
            throw new CannotLookException("table " + file + ": cannot be written (" + unwritable
                    + "); make it writable, or name another file with --log");
        }
    }

    /** Whether a head is due when nobody counted rows: the file is new or empty. */
    boolean isEmpty() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size() == 0;
        } catch (IOException missing) {
            return true;
        }
    }

    /** Whether a row is among the newest, here or in the file that this one was before it was rotated. */
    boolean has(String row) {
        return isIn(file, row) || isIn(file.resolveSibling(file.getFileName() + ".1"), row);
    }

    private static boolean isIn(Path file, String row) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - TAIL);
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
                // until all of it is here
            }
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString().contains(row + "\n");
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException unreadable) {
            return true;
        }
    }
}
