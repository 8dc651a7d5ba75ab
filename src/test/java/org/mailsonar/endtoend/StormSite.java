package org.mailsonar.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;

/**
 * A mail site with a reflector at each of its three doors: a resident one behind the transport table, the same one behind a spool
 * that {@code email_return} hands over to, and {@code email_return} alone. Returns leave straight into the {@link Weather}; bounces
 * come to a sink that takes them all.
 */
final class StormSite implements AutoCloseable {

    /** The users whose mail comes by each door. */
    static final String LISTENER = "listener";

    static final String SPOOL = "spool";
    static final String PIPE = "pipe";

    private final SmtpSink bounces = SmtpSink.open();
    private final PostfixLab lab;
    private final Path settings;
    private final int listenPort;
    private Program reflector;

    /** Starts the site with its reflector. */
    StormSite(int relayPort) throws IOException {
        listenPort = FreePorts.next();
        lab = PostfixLab.inNewDirectory()
                .user(LISTENER)
                .user(SPOOL)
                .user(PIPE)
                .route("listener@company.test", listenPort)
                .route("monitor.test", bounces.port())
                .parameter("default_process_limit", "10")
                .start();
        settings = Files.createDirectory(lab.directory().resolve("reflector"));
        TestKeys.copy("monitor.pub", settings, "rw-r--r--");
        // A relay that hangs is to be given up soon: a storm of a minute has no time for five minutes of patience.
        String relay = "smtp://127.0.0.1:" + relayPort + "?connectTimeout=1s&replyTimeout=500ms&dataTimeout=1s";
        Files.writeString(settings.resolve("resident.yaml"), """
                address: reflector@company.test
                recipients: [listener@company.test, spool@company.test]
                trust: [{key: monitor.pub, returnTo: ["*@monitor.test"]}]
                relay: %s
                listen: ["smtp://127.0.0.1:%d"]
                spool: %s
                log: log-of-spool
                """.formatted(relay, listenPort, spool()));
        Files.writeString(settings.resolve("pipe.yaml"), """
                address: pipe@company.test
                trust: [{key: monitor.pub, returnTo: ["*@monitor.test"]}]
                relay: %s
                log: log-of-pipe
                """.formatted(relay));
        logWritableByAll("log-of-spool");
        logWritableByAll("log-of-pipe");
        lab.forward(SPOOL, program("resident.yaml"));
        lab.forward(PIPE, program("pipe.yaml"));
        makeSpool();
        reflector = start();
    }

    PostfixLab lab() {
        return lab;
    }

    /** SIGKILL for the resident reflector, and a new one; returns when that listens. */
    void restartReflector() {
        reflector.kill();
        reflector = start();
    }

    private Program start() {
        Program started = Program.start(
                InstalledTree.environment(),
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                settings.resolve("resident.yaml").toString());
        started.await("listening on smtp://127.0.0.1:" + listenPort);
        return started;
    }

    /** The processes that run email_return at this moment, shells and Java. */
    List<ProcessHandle> pipePrograms() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> {
                    String line = process.info().commandLine().orElse("");
                    return line.contains(settings.toString())
                            && (line.contains("org.mailsonar.cli.PipeMain") || line.contains("/email_return"));
                })
                .toList();
    }

    /** All bounces so far. */
    List<SmtpSink.Delivery> bounces() {
        return bounces.takeAll();
    }

    /** Nothing waits in Postfix's queue or in the spool; in its tmp stays what a killed email_return has begun. */
    boolean isQuiet() throws IOException {
        return lab.queue().isEmpty() && files("new").isEmpty() && files("cur").isEmpty();
    }

    /** The messages that the spool has put aside as refused for good, without the reasons beside them. */
    List<Path> failed() throws IOException {
        return files("failed").stream()
                .filter(file -> !file.toString().endsWith(".reason"))
                .toList();
    }

    /** What the resident reflector has said last. */
    String lastWords() {
        String said = reflector.toString();
        return said.substring(Math.max(0, said.length() - 3000));
    }

    @Override
    public void close() {
        reflector.close();
        lab.close();
        bounces.close();
    }

    private Path spool() {
        return lab.directory().resolve("spool");
    }

    private String program(String configuration) {
        return "|\"" + InstalledTree.shared().script("email_return") + " --config " + settings.resolve(configuration)
                + "\"";
    }

    /** As an administrator makes it for mail users that are not the reflector's own. */
    private void makeSpool() throws IOException {
        Files.createDirectories(spool());
        Files.setPosixFilePermissions(spool(), PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String part : List.of("tmp", "new")) {
            org.mailsonar.lab.Command made =
                    lab.run("install", "-d", "-m", "3777", spool().resolve(part).toString());
            if (made.status() != 0) {
                throw new IllegalStateException(made.output());
            }
        }
    }

    private void logWritableByAll(String name) throws IOException {
        Path log = Files.createFile(settings.resolve(name));
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private List<Path> files(String part) throws IOException {
        Path directory = spool().resolve(part);
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
