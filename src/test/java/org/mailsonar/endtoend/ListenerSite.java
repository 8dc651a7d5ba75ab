package org.mailsonar.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;

/**
 * A mail site under test whose Postfix hands mail for webscout to a resident reflector, by its transport table; mail for the
 * monitor's domain arrives at a sink. The reflector runs from {@link #startReflector} on.
 */
final class ListenerSite implements AutoCloseable {

    private final SmtpSink monitor;
    private final PostfixLab lab;
    private final Path directory;
    private final int port;

    private ListenerSite(SmtpSink monitor, PostfixLab lab, Path directory, int port) {
        this.monitor = monitor;
        this.lab = lab;
        this.directory = directory;
        this.port = port;
    }

    /** Starts a site whose reflector, when it runs, sends returns through the site's own Postfix. */
    static ListenerSite start(Path directory) throws IOException {
        SmtpSink monitor = SmtpSink.open();
        int port = FreePorts.next();
        PostfixLab lab = PostfixLab.inNewDirectory()
                .user("webscout")
                .route("webscout@company.test", port)
                .route("monitor.test", monitor.port())
                .start();
        ListenerSite site = new ListenerSite(monitor, lab, directory, port);
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        site.configure(lab.port(), "refuse");
        return site;
    }

    SmtpSink monitor() {
        return monitor;
    }

    PostfixLab lab() {
        return lab;
    }

    /** Where the reflector listens. */
    int port() {
        return port;
    }

    /** What the next reflector that starts is to do. */
    void configure(int relayPort, String strangers) throws IOException {
        Files.writeString(directory.resolve("reflector.yaml"), """
                address: webscout@company.test
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: smtp://127.0.0.1:%d
                listen: ["smtp://127.0.0.1:%d"]
                strangers: %s
                hostName: reflector.company.test
                """.formatted(relayPort, port, strangers));
    }

    /** Starts the reflector and returns when it listens. */
    Program startReflector() {
        Program reflector = Program.start(
                InstalledTree.environment(),
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                directory.resolve("reflector.yaml").toString());
        reflector.await("listening on smtp://127.0.0.1:" + port);
        return reflector;
    }

    /** Mails a probe to webscout. */
    SignedProbe send(SignedProbe probe) throws IOException {
        lab.submit(probe.sender(), SignedProbe.TARGET, probe.text());
        return probe;
    }

    /** Whether somebody listens at the reflector's place. */
    boolean isOpen() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public void close() {
        lab.close();
        monitor.close();
    }
}
