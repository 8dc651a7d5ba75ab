package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was added to a log since it was read last, across its rotation, by renaming or by copying and emptying it. The rest of the
 * file that was read before is found by its inode, or by what stands before the place where reading ended, among the files whose names
 * begin with the log's; one that is compressed already is not read.
 */
final class LogTail {

    /** What is left after it is read next time. */
    private static final long MOST_AT_ONCE = 1L << 30;

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_SIBLINGS = 1000;

    private final Path log;

    LogTail(Path log) {
        this.log = log;
    }

    /**
     * What became of a reading.
     *
     * @param position how far it was read now
     * @param old how far the file was read that the log was before it was rotated: who writes the log may write there for a while yet;
     *     null where it was not rotated since
     * @param lost whether something was not found that must have been there
     */
    record Result(LogPosition position, @Nullable LogPosition old, boolean lost) {}

    /** The end of the log as it is now. */
    LogPosition end() throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            String key = key(log);
            long end = read(file, Math.max(0, file.size() - LONGEST_LINE), false, line -> {});
            return new LogPosition(key, end, LogPosition.print(file, end));
        }
    }

    /**
     * Gives each whole line that was added since then to a reader.
     *
     * @param old what the reading before gave as the old file's position
     */
    Result readSince(LogPosition before, @Nullable LogPosition old, Consumer<String> lines) throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            String key = key(log);
            boolean same = before.key().equals(key) && before.isIn(file);
            if (old != null) {
                readRest(old, true, lines);
            }
            @Nullable LogPosition rest = same ? null : readRest(before, false, lines);
            long end = read(file, same ? before.offset() : 0, false, lines);
            LogPosition position = new LogPosition(key, end, LogPosition.print(file, end));
            return new Result(position, rest, !same && rest == null);
        }
    }

    /** Reads what was added to a file that has another name now, and gives how far; null when it is not found. */
    private @Nullable LogPosition readRest(LogPosition before, boolean ended, Consumer<String> lines)
            throws IOException {
        @Nullable Path directory = log.toAbsolutePath().getParent();
        int seen = 0;
        if (directory == null) {
            return null;
        }
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(directory, this::mayBeRotated)) {
            for (Path sibling : siblings) {
                @Nullable LogPosition end = seen++ < MOST_SIBLINGS ? readRest(sibling, before, ended, lines) : null;
                if (end != null) {
                    return end;
                }
            }
        }
        return null;
    }

    private static @Nullable LogPosition readRest(
            Path sibling, LogPosition before, boolean ended, Consumer<String> lines) throws IOException {
        try (FileChannel file = FileChannel.open(sibling, StandardOpenOption.READ)) {
            String key = key(sibling);
            // Nothing stands before the beginning that would tell one file from another.
            boolean copied = before.offset() > 0;
            if ((before.key().equals(key) || copied) && before.isIn(file)) {
                long end = read(file, before.offset(), ended, lines);
                return new LogPosition(key, end, LogPosition.print(file, end));
            }
            return null;
        }
    }

    private boolean mayBeRotated(Path file) {
        String own = String.valueOf(log.getFileName());
        String name = String.valueOf(file.getFileName());
        return name.length() > own.length()
                && name.startsWith(own)
                && ".-".indexOf(name.charAt(own.length())) >= 0
                && !name.matches(".*\\.(gz|xz|bz2|zst|lz4|Z)");
    }

    /**
     * Reads lines.
     *
     * @param ended whether nothing will be added, so that a last line without an end is whole
     * @return the byte after the last line that was read
     */
    private static long read(FileChannel file, long from, boolean ended, Consumer<String> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * LONGEST_LINE);
        long at = from;
        while (at - from < MOST_AT_ONCE) {
            bytes.clear();
            int read = file.read(bytes, at);
            if (read <= 0) {
                break;
            }
            int used = lines(bytes.array(), read, lines);
            if (used == 0 && (read == bytes.capacity() || ended)) {
                // Longer than any line of a mail log, or the last one.
                lines.accept(new String(bytes.array(), 0, Math.min(read, LONGEST_LINE), StandardCharsets.ISO_8859_1));
                used = read;
            }
            if (used == 0) {
                break;
            }
            at += used;
        }
        return at;
    }

    private static int lines(byte[] bytes, int length, Consumer<String> lines) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                lines.accept(new String(bytes, start, i - start, StandardCharsets.ISO_8859_1));
                start = i + 1;
            }
        }
        return start;
    }

    private static String key(Path file) throws IOException {
        @Nullable
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? "" : key.toString();
    }
}
