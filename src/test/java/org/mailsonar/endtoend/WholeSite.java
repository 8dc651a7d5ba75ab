package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;

/**
 * A monitor and a mail site that it measures, with one Postfix between them in both directions: the monitor's submission host, the
 * site's mail server, and the way back to the monitor's listener. Key and ledger are in a directory of the test's.
 */
final class WholeSite implements AutoCloseable {

    private final PostfixLab lab;
    private final Path directory;
    private final int returnsPort = FreePorts.next();
    private final int reflectorPort = FreePorts.next();

    private WholeSite(PostfixLab lab, Path directory) {
        this.lab = lab;
        this.directory = directory;
    }

    /** Starts a Postfix with a mailbox for webscout and nothing behind it; the monitor's files are in place. */
    static WholeSite start(Path directory) throws IOException {
        PostfixLab lab = PostfixLab.inNewDirectory().user("webscout").start();
        WholeSite site = new WholeSite(lab, directory);
        lab.route("monitor.test", site.returnsPort);
        Path keys = Files.createDirectory(directory.resolve("keys"));
        TestKeys.copy("monitor.key", keys, "rw-------");
        TestKeys.copy("monitor.pub", keys, "rw-r--r--");
        site.monitor("timeout: 10m");
        return site;
    }

    PostfixLab lab() {
        return lab;
    }

    Path directory() {
        return directory;
    }

    /** Where the monitor listens for returns. */
    int returnsPort() {
        return returnsPort;
    }

    /** Writes monitor.yaml with these options for its only target. */
    void monitor(String options) throws IOException {
        monitor(lab.port(), options);
    }

    /** The same, with the submission host at another port. */
    void monitor(int submitPort, String options) throws IOException {
        Files.writeString(directory.resolve("monitor.yaml"), """
                vantage: here
                database: jdbc:sqlite:ledger.db
                key: keys/monitor.key
                from: probe@monitor.test
                returnTo: return@monitor.test
                submit: smtp://127.0.0.1:%d
                returns: ["smtp://127.0.0.1:%d"]
                targets:
                  - {address: webscout@company.test, name: company, every: 1d, %s}
                """.formatted(submitPort, returnsPort, options));
    }

    /** From now on webscout's mail goes to {@code email_return}, which sends returns back through Postfix. */
    void reflectByPipe() throws IOException {
        reflectByPipe(lab.port());
    }

    /** The same, with returns that go to another port. */
    void reflectByPipe(int relayPort) throws IOException {
        Path settings = lab.home("webscout").resolve(".mailsonar");
        lab.run("mkdir", "-p", settings.toString());
        lab.run("cp", directory.resolve("keys/monitor.pub").toString(), settings.toString());
        Files.writeString(
                settings.resolve("reflector.yaml"), PipeSite.configuration("smtp://127.0.0.1:" + relayPort, "log"));
        lab.run("chown", "-R", "webscout", settings.toString());
        lab.forward("webscout", "|\"" + InstalledTree.shared().script("email_return") + "\"");
    }

    /** From now on webscout's mail goes to a resident reflector, which is started and returned when it listens. */
    Program reflectByListener() throws IOException {
        return reflectByListener("");
    }

    /** The same, with one more line in its configuration. */
    Program reflectByListener(String line) throws IOException {
        return reflectByListener(lab.port(), line);
    }

    /** The same, with returns that go to another port. */
    Program reflectByListener(int relayPort) throws IOException {
        return reflectByListener(relayPort, "");
    }

    private Program reflectByListener(int relayPort, String line) throws IOException {
        route(reflectorPort);
        Path file =
                Files.writeString(directory.resolve("reflector.yaml"), """
                address: webscout@company.test
                trust:
                  - key: keys/monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: smtp://127.0.0.1:%d
                listen: ["smtp://127.0.0.1:%d"]
                %s
                """.formatted(relayPort, reflectorPort, line));
        Program reflector = mailsonar("reflector", "--config", file.toString());
        reflector.await("listening on");
        return reflector;
    }

    /** From now on webscout's mail goes to this port. */
    void route(int port) throws IOException {
        lab.route(SignedProbe.TARGET, port);
    }

    /** From now on whatever comes for webscout waits in the queue. */
    void hold() throws IOException {
        lab.forward("webscout", "|\"" + lab.program("later", "#!/bin/sh\nexit 75\n") + "\"");
    }

    /** Starts {@code mailsonar monitor} and returns when it listens. */
    Program startMonitor() {
        Program monitor = start("monitor");
        monitor.await("listening on");
        monitor.await("target(s)");
        return monitor;
    }

    /** Starts {@code mailsonar probe} for the target. */
    Program probe(String... options) {
        List<String> words = new ArrayList<>(List.of("probe", SignedProbe.TARGET));
        words.addAll(List.of(options));
        return start(words.toArray(String[]::new));
    }

    /** {@code mailsonar status} after it has ended. */
    Program status(String format) {
        try (Program status = start("status", "--format", format)) {
            status.status();
            assertThat(status.errors()).isEmpty();
            return status;
        }
    }

    /** Starts a command of the monitor with its configuration file. */
    Program start(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", directory.resolve("monitor.yaml").toString()));
        return mailsonar(all.toArray(String[]::new));
    }

    /** Starts {@code mailsonar}. */
    static Program mailsonar(String... words) {
        List<String> all = new ArrayList<>(List.of(InstalledTree.shared().script("mailsonar")));
        all.addAll(List.of(words));
        return Program.start(InstalledTree.environment(), all.toArray(String[]::new));
    }

    /** A number in a line of JSON. */
    static double number(String json, String field) {
        Matcher found = Pattern.compile("\"" + field + "\":(-?[0-9.]+)").matcher(json);
        assertThat(found.find()).as(field + " in " + json).isTrue();
        return Double.parseDouble(found.group(1));
    }

    @Override
    public void close() {
        lab.close();
    }
}
