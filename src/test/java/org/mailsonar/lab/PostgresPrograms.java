package org.mailsonar.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * PostgreSQL's programs, unpacked once from the jar on the class path into a directory of {@code /var/tmp} that stays: unpacking
 * takes longer than all the rest of a start.
 */
final class PostgresPrograms {

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    /** PostgreSQL refuses to run as root; this user is on every machine. */
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--");

    private PostgresPrograms() {}

    static boolean areForThisMachine() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")
                && !Files.exists(Path.of("/etc/alpine-release"));
    }

    /** The command that runs one of the programs, as a user that PostgreSQL accepts. */
    static List<String> command(String program, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(asOrdinaryUser());
        words.add(directory().resolve("bin").resolve(program).toString());
        return Command.words(words, arguments);
    }

    /** The command that runs a line of shell as that user. */
    static List<String> shell(String line) {
        return Command.words(asOrdinaryUser(), "sh", "-c", line);
    }

    private static List<String> asOrdinaryUser() {
        return "root".equals(System.getProperty("user.name")) ? AS_NOBODY : List.of();
    }

    private static synchronized Path directory() throws IOException {
        byte[] archive = archive();
        Path place = Path.of(
                "/var/tmp", "mailsonar-test-postgres-" + System.getProperty("user.name") + "-" + archive.length);
        if (!Files.isDirectory(place)) {
            unpack(archive, place);
        }
        return place;
    }

    /** Appears as a whole, so that a second build at the same time finds all of it or nothing. */
    private static void unpack(byte[] archive, Path place) throws IOException {
        Path draft = Files.createTempDirectory(place.getParent(), "mailsonar-test-postgres-draft");
        Path file = Files.write(draft.resolve("archive.txz"), archive);
        Command done = Command.run(List.of("tar", "-C", draft.toString(), "-xJf", file.toString()));
        if (done.status() != 0) {
            throw new IllegalStateException("PostgreSQL's programs cannot be unpacked: " + done);
        }
        Files.delete(file);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException madeMeanwhile) {
            Command.run(List.of("rm", "-rf", draft.toString()));
        } catch (IOException notEmpty) {
            Command.run(List.of("rm", "-rf", draft.toString()));
            if (!Files.isDirectory(place)) {
                throw notEmpty;
            }
        }
    }

    private static byte[] archive() throws IOException {
        try (InputStream input = Objects.requireNonNull(PostgresPrograms.class.getResourceAsStream(ARCHIVE), ARCHIVE)) {
            return input.readAllBytes();
        }
    }
}
