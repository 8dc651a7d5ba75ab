package org.mailsonar.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailsonar.lab.Command;
import org.mailsonar.lab.EximLab;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;

/**
 * What {@link PipeSite} is, with Exim for Postfix: its user webscout has {@code email_return} in the {@code .forward} file and a
 * configuration in {@code ~/.mailsonar}; mail for the monitor's domain arrives at a sink.
 */
final class EximSite implements AutoCloseable {

    static final String USER = "webscout";

    private final SmtpSink monitor;
    private final EximLab exim;

    private EximSite(SmtpSink monitor, EximLab exim) {
        this.monitor = monitor;
        this.exim = exim;
    }

    /** Starts a site; its returns leave through its own Exim. */
    static EximSite start() throws IOException {
        SmtpSink monitor = SmtpSink.open();
        EximSite site = new EximSite(
                monitor,
                EximLab.inNewDirectory()
                        .domain("company.test")
                        .user(USER)
                        .route("monitor.test", "smtp", monitor.port())
                        .start());
        site.inHome("mkdir -m 755 .mailsonar");
        TestKeys.copy("monitor.pub", site.settings(), "rw-r--r--");
        site.configure(site.exim.port());
        site.forward("\"|%s\"");
        return site;
    }

    SmtpSink monitor() {
        return monitor;
    }

    EximLab exim() {
        return exim;
    }

    /** From now on returns leave by SMTP to this port. */
    void configure(int relayPort) throws IOException {
        String relay = "smtp://127.0.0.1:" + relayPort;
        Files.writeString(settings().resolve("reflector.yaml"), PipeSite.configuration(relay, "log"));
    }

    /** Writes the {@code .forward} file, where %s stands for the program. */
    void forward(String line) throws IOException {
        exim.forward(USER, line.formatted(InstalledTree.shared().script("email_return")));
    }

    /** Mails a probe to webscout. */
    SignedProbe send(SignedProbe probe) throws IOException {
        exim.submit(probe.sender(), SignedProbe.TARGET, probe.text());
        return probe;
    }

    /** What the program has logged so far. */
    String log() throws IOException {
        Path file = settings().resolve("log");
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }

    private Path settings() {
        return exim.home(USER).resolve(".mailsonar");
    }

    private void inHome(String commands) {
        String line = "cd '" + exim.home(USER) + "' && " + commands;
        Command done = exim.run("setpriv", "--reuid=" + USER, "--regid=60100", "--clear-groups", "sh", "-c", line);
        if (done.status() != 0) {
            throw new IllegalStateException(line + ": " + done.output());
        }
    }

    @Override
    public void close() {
        exim.close();
        monitor.close();
    }
}
