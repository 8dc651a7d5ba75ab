package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/** Files: how many there are of a name or pattern, how large, how old the newest is, and how much they grew since the round before. */
final class WatchedFiles implements HostPart {

    private static final int MOST = 100_000;

    @Override
    public String name() {
        return "files";
    }

    @Override
    public void look(Round round) {
        for (HostSettings.Files files : round.settings().files()) {
            try {
                look(round, files);
            } catch (NoSuchFileException missing) {
                missing(round, files);
            } catch (IOException unreadable) {
                round.trouble(told(files) + ": " + files.directory() + " cannot be read (" + unreadable + ")");
            }
        }
    }

    private static String told(HostSettings.Files files) {
        return "files " + files.directory().resolve(files.pattern().replaceAll("[*?]", "_"));
    }

    /** Where a file has to be, a directory that is not there is as bad as an empty one. */
    private static void missing(Round round, HostSettings.Files files) {
        String count = files.prefix() + "_count";
        Threshold threshold = round.settings().threshold(count);
        if (threshold.warnBelow() != null || threshold.failBelow() != null) {
            round.measure(count, 0, "");
        } else {
            round.trouble(told(files) + ": there is no directory " + files.directory());
        }
    }

    private static void look(Round round, HostSettings.Files files) throws IOException {
        long count = 0;
        long size = 0;
        long newest = Long.MIN_VALUE;
        String glob = files.pattern().replaceAll("([\\\\\\[{])", "\\\\$1");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(files.directory(), glob)) {
            for (Path file : found) {
                if (count == MOST) {
                    break;
                }
                try {
                    BasicFileAttributes facts =
                            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    if (!facts.isDirectory()) {
                        count++;
                        size += facts.size();
                        newest = Math.max(
                                newest, facts.lastModifiedTime().toInstant().getEpochSecond());
                    }
                } catch (NoSuchFileException gone) {
                    // between the list and here
                }
            }
        }
        String prefix = files.prefix();
        round.measure(prefix + "_count", count, "");
        if (count > 0) {
            round.measure(prefix + "_size", size, "B");
            round.measure(prefix + "_age", round.now().getEpochSecond() - newest, "s");
        }
        OptionalLong before = round.before().number(prefix);
        if (before.isPresent()) {
            round.measure(prefix + "_growth", size - before.getAsLong(), "B");
        }
        round.after().put(prefix, size);
    }
}
