package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.mailsonar.files.Disk;
import org.mailsonar.files.DurableFile;
import org.mailsonar.message.OneLine;

/**
 * Where mail is kept that failed for good: {@code failed/NAME}, and one line of why in {@code failed/NAME.reason}, which is written
 * durably before the mail is moved. So mail there always has its reason; a crash in between leaves a reason without mail, or a
 * begun one, which is written again or removed at the next start. Not thread-safe for the same file.
 */
final class FailedMail {

    private static final String REASON = ".reason";
    private static final String BEGUN = ".tmp";
    private static final int LONGEST_NAME = 180;

    private final Path directory;
    private final Disk disk;
    private final DurableFile durable;

    FailedMail(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
        this.durable = new DurableFile(disk);
    }

    /** Keeps a file and the reason. */
    void keep(Path file, String why) throws IOException {
        create();
        Path kept = free(name(file));
        String name = kept.getFileName().toString();
        byte[] line = (OneLine.printable(why) + "\n").getBytes(StandardCharsets.UTF_8);
        durable.write(directory.resolve("." + name + BEGUN), directory.resolve(name + REASON), line);
        durable.move(file, kept);
    }

    /** For its owner alone, like mail. */
    private void create() throws IOException {
        try {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(directory);
            }
        } catch (FileAlreadyExistsException usual) {
            // made before
        }
    }

    /** At the start: reasons whose mail was never moved, and such as were never complete. */
    void removeReasonsWithoutMail() throws IOException {
        try (DirectoryStream<Path> begun = Files.newDirectoryStream(directory, ".*" + BEGUN)) {
            for (Path reason : begun) {
                disk.delete(reason);
            }
        }
        try (DirectoryStream<Path> reasons = Files.newDirectoryStream(directory, "*" + REASON)) {
            for (Path reason : reasons) {
                String name = reason.getFileName().toString();
                if (isFree(directory.resolve(name.substring(0, name.length() - REASON.length())))) {
                    disk.delete(reason);
                }
            }
        }
    }

    private Path free(String name) {
        Path kept = directory.resolve(name);
        for (int i = 2; !isFree(kept); i++) {
            kept = directory.resolve(name + "-" + i);
        }
        return kept;
    }

    private static boolean isFree(Path file) {
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** The file's name in plain characters, with a mark of the original where that changes it; never one of a reason's. */
    private static String name(Path file) {
        String name = file.getFileName().toString();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST_NAME); i++) {
            char c = name.charAt(i);
            boolean good = c < 127 && (Character.isLetterOrDigit(c) || ".-_+=,:@".indexOf(c) >= 0);
            plain.append(good ? c : '_');
        }
        boolean same = plain.toString().equals(name) && !name.endsWith(REASON);
        return same
                ? name
                : plain + "_" + Integer.toHexString(file.getFileName().hashCode());
    }
}
