package org.mailsonar.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;

/** A resident reflector's configuration in a directory, and the monitor's sink, to which its returns go unless told otherwise. */
final class ResidentSite implements AutoCloseable {

    private final SmtpSink monitor;
    private final Path directory;

    private ResidentSite(SmtpSink monitor, Path directory) {
        this.monitor = monitor;
        this.directory = directory;
    }

    /** A site without a reflector as yet. */
    static ResidentSite in(Path directory) throws IOException {
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        return new ResidentSite(SmtpSink.open(), directory);
    }

    SmtpSink monitor() {
        return monitor;
    }

    /** What the next reflector that starts is to do: a line that says where mail comes from. */
    void configure(String place) throws IOException {
        configure("smtp://127.0.0.1:" + monitor.port(), place);
    }

    void configure(String relay, String place) throws IOException {
        Files.writeString(directory.resolve("reflector.yaml"), """
                address: webscout@company.test
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: "%s"
                %s
                """.formatted(relay, place));
    }

    /** Starts the reflector, and waits until it watches. */
    Program start() {
        Program reflector = Program.start(InstalledTree.environment(), command().toArray(String[]::new));
        reflector.await("watching ");
        return reflector;
    }

    /** Starts it in a mount namespace of its own, after a shell has run these commands there. */
    Program startAfter(String commands) {
        String line = commands + " && exec " + String.join(" ", command());
        return Program.start(InstalledTree.environment(), "/usr/bin/unshare", "--mount", "/bin/sh", "-c", line);
    }

    List<String> command() {
        return List.of(
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                directory.resolve("reflector.yaml").toString());
    }

    /** The names in a directory. */
    static List<String> names(Path place) {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        monitor.close();
    }
}
