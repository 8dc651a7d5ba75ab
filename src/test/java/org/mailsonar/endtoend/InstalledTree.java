package org.mailsonar.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Mailsonar as {@code installer/install.sh} installs it, in a directory that every user of the machine may read. Installed once for
 * a test run and removed at its end; a test that spoils something does so in a {@link #copy}.
 */
final class InstalledTree implements AutoCloseable {

    private final Path root;

    private InstalledTree(Path root) {
        this.root = root;
    }

    /** The one that all suites use. */
    static InstalledTree shared() {
        return Shared.TREE;
    }

    Path root() {
        return root;
    }

    /** The path of one of the launchers, {@code mailsonar} or {@code email_return}. */
    String script(String name) {
        return root.resolve("scripts").resolve(name).toString();
    }

    /** Another one with the same content, which is removed when it is closed. */
    InstalledTree copy() {
        InstalledTree copy = new InstalledTree(newDirectory());
        run("cp", "-a", root + "/.", copy.root.toString());
        return copy;
    }

    /** Removes it. */
    @Override
    public void close() {
        run("rm", "-rf", root.toString());
    }

    /** Where Java is for programs that a test starts: the one that runs the test. */
    static Map<String, String> environment() {
        return Map.of("PATH", "/usr/bin:/bin", "MAILSONAR_JAVA_HOME", System.getProperty("java.home"));
    }

    /** Not below the checkout, which lies in somebody's home where other users cannot enter. */
    private static Path newDirectory() {
        String name = "mailsonar-tree-"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        Path temporary = Path.of("/var/tmp");
        Path parent = Files.isWritable(temporary) ? temporary : Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path directory = Files.createDirectory(parent.resolve(name));
            return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void run(String... words) {
        try (Program program = Program.start(environment(), words)) {
            if (program.status() != 0) {
                throw new IllegalStateException(String.join(" ", words) + ": " + program.output() + program.errors());
            }
        }
    }

    /** Made when the first suite asks for it. */
    private static final class Shared {

        static final InstalledTree TREE = install();

        private static InstalledTree install() {
            InstalledTree tree = new InstalledTree(newDirectory());
            Runtime.getRuntime().addShutdownHook(new Thread(tree::close));
            run("sh", "installer/install.sh", tree.root.toString());
            return tree;
        }
    }
}
