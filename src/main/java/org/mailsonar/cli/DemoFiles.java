package org.mailsonar.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;

/** The keys and configuration files of a monitor and a reflector that probe each other on this machine alone. */
final class DemoFiles {

    private DemoFiles() {}

    /** Writes them into a directory, with two ports that are free now; keys that are there already stay. */
    static void write(Path data) throws KeyFileException, Command.UsageException {
        Path keys = data.resolve("keys");
        if (!Files.exists(keys.resolve("monitor.key")) || !Files.exists(keys.resolve("monitor.pub"))) {
            KeyFiles.generate(keys, "monitor");
        }
        try (ServerSocket reflector = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket monitor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Two free ports; both are taken until both are known, so they differ.
            Files.writeString(
                    data.resolve("reflector.yaml"), """
                    address: webscout@company.test
                    trust:
                      - key: keys/monitor.pub
                        returnTo: ["*@monitor.test"]
                    relay: smtp://127.0.0.1:%d
                    listen:
                      - smtp://127.0.0.1:%d
                    """.formatted(monitor.getLocalPort(), reflector.getLocalPort()));
            Files.writeString(
                    data.resolve("monitor.yaml"), """
                    vantage: demo
                    database: jdbc:sqlite:mailsonar.db
                    key: keys/monitor.key
                    from: probe@monitor.test
                    returnTo: return@monitor.test
                    submit: smtp://127.0.0.1:%d
                    returns:
                      - smtp://127.0.0.1:%d
                    defaults: {every: 5s, slowAfter: 2s, timeout: 4s}
                    targets:
                      - address: webscout@company.test
                    """.formatted(reflector.getLocalPort(), monitor.getLocalPort()));
        } catch (IOException failed) {
            throw new Command.UsageException("the demo's files cannot be written to " + data + ": " + failed
                    + "; name another place with --data");
        }
    }
}
