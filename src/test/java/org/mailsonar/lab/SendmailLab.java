package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sendmail with a queue of three directories in two groups, and no daemon. Its package conflicts with Postfix's, so the program is taken from
 * where scripts/install-test-packages has unpacked it. Mail to {@code busy.test} goes to one port of this machine, all other to another one.
 * {@link #close} ends every process inside and removes the files; a Java machine that dies takes the processes along too.
 */
public final class SendmailLab implements AutoCloseable {

    static final Path PROGRAM = Path.of("/var/cache/mailsonar-test/sendmail/usr/libexec/sendmail/sendmail");

    private final Path directory;
    private final Namespace namespace;

    private SendmailLab(Path directory, Namespace namespace) {
        this.directory = directory;
        this.namespace = namespace;
    }

    /**
     * One with an empty queue in a new directory.
     *
     * @param busyPort where mail to busy.test is sent
     * @param closedPort where all other mail is sent
     */
    public static SendmailLab start(int busyPort, int closedPort) throws IOException {
        long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        Path directory = Files.createDirectory(
                Path.of("/var/tmp", "mailsonar-sendmail-" + Long.toString(number, 36)),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        String configuration = Resource.text("sendmail.cf")
                .replace("LAB", directory.toString())
                .replace("BUSY_PORT", Integer.toString(busyPort))
                .replace("CLOSED_PORT", Integer.toString(closedPort));
        write(directory.resolve("sendmail.cf"), configuration);
        write(directory.resolve("hosts"), "127.0.0.1 localhost\n127.0.0.2 lab.test\n");
        return new SendmailLab(directory, Namespace.start("sendmail-lab", directory, true));
    }

    private static void write(Path file, String text) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(file, text), PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Puts a message into the queue. */
    public void submit(String sender, String... recipients) {
        String script = "sender=$1 && shift && printf 'Subject: queued\\n\\nhello\\n' | \"$0\" -f \"$sender\" \"$@\"";
        Command submitted =
                run(Command.words(List.of("sh", "-c", script, program().toString(), sender), recipients)
                        .toArray(String[]::new));
        if (submitted.status() != 0) {
            throw new IllegalStateException("not taken: " + submitted.output());
        }
    }

    /** Runs a command inside, as root, whatever its exit status. */
    public Command run(String... words) {
        return namespace.run(words);
    }

    /** What stands before a command to run it inside, as root. */
    public List<String> inside() {
        return namespace.before();
    }

    /** The program, which reads the lab's own configuration. */
    public Path program() {
        return directory.resolve("bin/sendmail");
    }

    /** The program that lists the lab's queue. */
    public Path mailq() {
        return directory.resolve("bin/mailq");
    }

    @Override
    public void close() {
        namespace.close();
    }
}
