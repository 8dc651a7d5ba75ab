package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One running Exim with a local domain and users of its own, on a free loopback port. Its package conflicts with Postfix's, so the
 * program is taken from where scripts/install-test-packages has unpacked it. {@link #close} ends every process inside and removes the
 * files; a Java machine that dies takes the processes along too. Several labs may run side by side.
 *
 * <p>What could not be delivered is tried again each second.
 */
public final class EximLab implements AutoCloseable {

    static final Path PROGRAM = Path.of("/var/cache/mailsonar-test/exim/usr/sbin/exim4");

    private final LabFiles files;
    private final Namespace namespace;
    private final int port;

    private EximLab(LabFiles files, Namespace namespace, int port) {
        this.files = files;
        this.namespace = namespace;
        this.port = port;
    }

    /** A lab in a new directory that {@link #close} removes. */
    public static EximLabBuilder inNewDirectory() {
        long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        return new EximLabBuilder(Path.of("/var/tmp", "mailsonar-exim-" + Long.toString(number, 36)));
    }

    /** Starts it on these files and returns when it listens. */
    static EximLab start(LabFiles files, int port) throws IOException {
        EximLab lab = new EximLab(files, Namespace.start("exim-lab", files.root(), true), port);
        try {
            lab.awaitLog("daemon started");
            return lab;
        } catch (IllegalStateException e) {
            String said = lab.log() + Files.readString(files.root().resolve("start.log"));
            lab.close();
            throw new IllegalStateException(e.getMessage() + "\n" + said, e);
        }
    }

    /** The port on 127.0.0.1 where it takes mail by SMTP. */
    public int port() {
        return port;
    }

    /** The certificate of one that encrypts, in PEM. */
    public Path certificate() {
        return files.root().resolve("server.pem");
    }

    public Path home(String user) {
        return files.home(user);
    }

    /** Sends a message in by SMTP and insists that it is taken. */
    public void submit(String sender, String recipient, String message) throws IOException {
        String reply = SmtpClient.send(port, sender, recipient, message);
        if (!reply.startsWith("250")) {
            throw new IllegalStateException("not taken: " + reply);
        }
    }

    /** Writes the user's {@code .forward}, for the next delivery on. */
    public void forward(String user, String content) throws IOException {
        files.writeAs(user, ".forward", content + "\n");
    }

    /** The messages in the user's mailbox, oldest first. */
    public List<String> mailbox(String user) throws IOException {
        return files.mailbox(user);
    }

    /** Waits until the main log has a line with this text, and returns the first such line. */
    public String awaitLog(String text) {
        return Poll.value("Exim's log to say: " + text, () -> {
            try {
                return log().lines().filter(line -> line.contains(text)).findFirst();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The main log so far. */
    public String log() throws IOException {
        Path log = files.root().resolve("log/mainlog");
        return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    }

    /** Waits until nothing is queued. */
    public void awaitEmptyQueue() {
        Poll.value("Exim's queue to be empty", () -> {
            Command count = run(files.root().resolve("bin/exim").toString(), "-bpc");
            return Optional.of(count).filter(done -> done.output().strip().equals("0"));
        });
    }

    /** Runs a command inside, as root, whatever its exit status. */
    public Command run(String... words) {
        return namespace.run(words);
    }

    @Override
    public void close() {
        namespace.close();
    }
}
