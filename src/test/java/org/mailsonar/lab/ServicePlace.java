package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailsonar.testing.FreePorts;

/** One small server of a lab: its directory, which others may enter, and its program in the foreground. */
final class ServicePlace implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final Path directory;
    private final List<String> command;
    private Daemon daemon;

    private ServicePlace(Path directory, List<String> command) throws IOException {
        this.directory = directory;
        this.command = List.copyOf(command);
        this.daemon = Daemon.start(log(directory), command);
    }

    private static Path log(Path directory) {
        return directory.resolve("start.log");
    }

    /** Writes a server's files into a new directory, and says how it is started. */
    interface Preparation {
        List<String> command(Path directory, int port) throws IOException;
    }

    /** A server and where it is. */
    record Running(ServicePlace place, int port) {}

    /** Starts a server and returns when it answers on its port of 127.0.0.1. */
    static Running start(String name, Preparation preparation) throws IOException {
        for (int attempt = 1; true; attempt++) {
            Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "mailsonar-" + name + "-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            int port = FreePorts.next();
            List<String> command = preparation.command(directory, port);
            ServicePlace place = new ServicePlace(directory, command);
            try {
                awaitPort(name, port);
                return new Running(place, port);
            } catch (IllegalStateException silent) {
                String log = place.log();
                place.close();
                // Between then and here somebody else may have taken it.
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException(silent.getMessage() + "\n" + log, silent);
                }
            }
        }
    }

    /** Returns when somebody answers on this port of 127.0.0.1. */
    static void awaitPort(String name, int port) {
        Poll.value(name + " to answer on port " + port, () -> {
            try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
                return Optional.of(socket.isConnected());
            } catch (IOException notYet) {
                return Optional.empty();
            }
        });
    }

    /** Ends the server; its files stay. */
    void stop() {
        daemon.close();
    }

    /** Starts it once more, with the same command. */
    void startAgain() throws IOException {
        daemon = Daemon.start(log(directory), command);
    }

    /** Writes something else in one of its files. */
    void replace(String name, String old, String other) throws IOException {
        Path file = directory.resolve(name);
        write(file, Files.readString(file).replace(old, other));
    }

    /** Sends it a signal. */
    void signal(String name) {
        daemon.signal(name);
    }

    /** What the server has printed. */
    String log() {
        return daemon.log();
    }

    /** Writes a file that the server may read. */
    static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, content, StandardCharsets.UTF_8);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Override
    public void close() {
        daemon.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList().reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
