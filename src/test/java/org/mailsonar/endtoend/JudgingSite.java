package org.mailsonar.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.lab.PostgresLab;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;

/**
 * Monitors that judge one target, and a reflector that they reach port to port, with no mail server in between: each as a process of its
 * own. Whoever is told of a change finds a line in {@link #told}.
 */
final class JudgingSite {

    private final Path directory;
    private final int reflectorPort = FreePorts.next();
    private final Path told;
    private final Path causes;

    private JudgingSite(Path directory) {
        this.directory = directory;
        this.told = directory.resolve("told");
        this.causes = directory.resolve("causes");
    }

    /** The files; nothing is started. */
    static JudgingSite in(Path directory) throws IOException {
        Path keys = Files.createDirectory(directory.resolve("keys"));
        TestKeys.copy("monitor.key", keys, "rw-------");
        TestKeys.copy("monitor.pub", keys, "rw-r--r--");
        JudgingSite site = new JudgingSite(directory);
        Files.createFile(site.told);
        Files.createFile(site.causes);
        Path pager = Files.writeString(
                directory.resolve("pager"),
                "#!/bin/sh\necho \"$MAILSONAR_TARGET $MAILSONAR_STATE $MAILSONAR_KIND\" >>" + site.told
                        + "\necho \"$MAILSONAR_CAUSE\" >>" + site.causes + "\n");
        Files.setPosixFilePermissions(pager, PosixFilePermissions.fromString("rwxr-xr-x"));
        return site;
    }

    /** A vantage: where its returns come, and where its probes go. */
    record Vantage(String name, int returnsPort, int submitPort) {}

    /** A vantage whose probes go straight to the reflector. */
    Vantage vantage(String name) {
        return vantage(name, reflectorPort);
    }

    /** A vantage whose probes go to this port. */
    Vantage vantage(String name, int submitPort) {
        return new Vantage(name, FreePorts.next(), submitPort);
    }

    /** The port on which the reflector listens when there is one. */
    int reflectorPort() {
        return reflectorPort;
    }

    /** Starts a monitor on the site's SQLite file. */
    Program monitor(Vantage vantage, String options) throws IOException {
        return monitor(vantage, "jdbc:sqlite:" + directory.resolve("ledger.db"), options, "");
    }

    /** The same, with more lines in its file. */
    Program monitor(Vantage vantage, String options, String more) throws IOException {
        return monitor(vantage, "jdbc:sqlite:" + directory.resolve("ledger.db"), options, more);
    }

    /** Starts a monitor on a PostgreSQL. */
    Program monitor(Vantage vantage, PostgresLab postgres, String url, String options) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), postgres.password());
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        String journal = "journal-" + vantage.returnsPort() + ".db";
        return monitor(vantage, "{url: '" + url + "', passwordFile: password, journal: " + journal + "}", options, "");
    }

    private Program monitor(Vantage vantage, String database, String options, String more) throws IOException {
        Path file = configuration(vantage);
        Files.writeString(
                file,
                """
                vantage: %s
                database: %s
                key: keys/monitor.key
                from: probe@%s.test
                returnTo: return@%s.test
                submit: smtp://127.0.0.1:%d?connectTimeout=1s&replyTimeout=2s&dataTimeout=2s
                returns: ["smtp://127.0.0.1:%d"]
                selfProbe: off
                targets:
                  - {address: webscout@company.test, name: company, %s}
                notify:
                  ways: [{name: pager, exec: [%s]}]
                  rules: [{ways: [pager], advisoryAfter: 1h}]
                """.formatted(
                                        vantage.name(),
                                        database,
                                        vantage.name(),
                                        vantage.name(),
                                        vantage.submitPort(),
                                        vantage.returnsPort(),
                                        options,
                                        directory.resolve("pager"))
                        + more);
        Program monitor = WholeSite.mailsonar("monitor", "--config", file.toString());
        monitor.await("target(s)");
        return monitor;
    }

    private Path configuration(Vantage vantage) {
        return directory.resolve("monitor-" + vantage.name() + "-" + vantage.returnsPort() + ".yaml");
    }

    /** Changes a vantage's file. */
    void rewrite(Vantage vantage, String old, String replacement) throws IOException {
        Path file = configuration(vantage);
        Files.writeString(file, Files.readString(file).replace(old, replacement));
    }

    /** What a command prints for a vantage's configuration. */
    String output(Vantage vantage, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", configuration(vantage).toString()));
        try (Program command = WholeSite.mailsonar(all.toArray(String[]::new))) {
            command.status();
            return command.output();
        }
    }

    /** Starts a reflector that returns to this vantage. */
    Program reflector(Vantage vantage) throws IOException {
        Path file = Files.writeString(
                directory.resolve("reflector.yaml"), """
                address: webscout@company.test
                trust: [{key: keys/monitor.pub, returnTo: [return@here.test, return@sydney.test, return@london.test]}]
                relay: smtp://127.0.0.1:%d
                listen: ["smtp://127.0.0.1:%d"]
                """.formatted(vantage.returnsPort(), reflectorPort));
        Program reflector = WholeSite.mailsonar("reflector", "--config", file.toString());
        reflector.await("listening on");
        return reflector;
    }

    /** The lines so far. */
    List<String> told() {
        return lines(told);
    }

    /** The cause that each of them named. */
    List<String> causes() {
        return lines(causes);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
