package org.mailsonar.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.PostfixLabBuilder;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;

/**
 * A mail site under test whose user webscout has {@code email_return} in the {@code .forward} file and a configuration in {@code
 * ~/.mailsonar}; mail for the monitor's domain arrives at a sink.
 */
final class PipeSite implements AutoCloseable {

    /** What a message and its log line look like to all suites. */
    static final String USER = "webscout";

    private final SmtpSink monitor;
    private final PostfixLab lab;

    private PipeSite(SmtpSink monitor, PostfixLab lab) {
        this.monitor = monitor;
        this.lab = lab;
    }

    /** Starts a site; its returns leave through its own Postfix. */
    static PipeSite start() throws IOException {
        return start(PostfixLab.inNewDirectory().user(USER));
    }

    /** Starts a site with more to it; webscout must be its first user. */
    static PipeSite start(PostfixLabBuilder builder) throws IOException {
        SmtpSink monitor = SmtpSink.open();
        PipeSite site = new PipeSite(
                monitor, builder.route("monitor.test", monitor.port()).start());
        site.inHome("mkdir -m 755 .mailsonar");
        TestKeys.copy("monitor.pub", site.settings(), "rw-r--r--");
        site.configure(site.lab.port());
        site.lab.forward(USER, "|\"" + InstalledTree.shared().script("email_return") + "\"");
        return site;
    }

    SmtpSink monitor() {
        return monitor;
    }

    PostfixLab lab() {
        return lab;
    }

    /** The user's {@code ~/.mailsonar}. */
    Path settings() {
        return lab.home(USER).resolve(".mailsonar");
    }

    /** From now on returns leave by SMTP to this port. */
    void configure(int relayPort) throws IOException {
        configure("smtp://127.0.0.1:" + relayPort);
    }

    /** From now on returns leave this way. */
    void configure(String relay) throws IOException {
        Files.writeString(settings().resolve("reflector.yaml"), configuration(relay, "log"));
    }

    /** A reflector's configuration beside the monitor's public key. */
    static String configuration(String relay, String log) {
        return """
                address: webscout@company.test
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: %s
                hostName: mail.company.test
                log: %s
                """.formatted(relay, log);
    }

    /** Mails a probe to webscout. */
    SignedProbe send(SignedProbe probe) throws IOException {
        lab.submit(probe.sender(), SignedProbe.TARGET, probe.text());
        return probe;
    }

    /** What the program has logged so far. */
    String log() throws IOException {
        Path file = settings().resolve("log");
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }

    /** Waits until Postfix has dealt with all that was sent to webscout: delivered, not deferred. */
    void awaitDelivered() {
        lab.awaitLog("delivered to command");
        lab.awaitEmptyQueue();
    }

    /** Waits for the Java that runs email_return for this site, and returns it. */
    ProcessHandle awaitJava() {
        return Poll.value(
                "Java to run email_return",
                () -> ProcessHandle.current()
                        .descendants()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("org.mailsonar.cli.PipeMain"))
                        .findFirst());
    }

    /** Runs shell commands as the user, in the home. */
    void inHome(String commands) {
        String line = "cd '" + lab.home(USER) + "' && " + commands;
        org.mailsonar.lab.Command done =
                lab.run("setpriv", "--reuid=" + USER, "--regid=60100", "--clear-groups", "sh", "-c", line);
        if (done.status() != 0) {
            throw new IllegalStateException(line + ": " + done.output());
        }
    }

    @Override
    public void close() {
        lab.close();
        monitor.close();
    }
}
