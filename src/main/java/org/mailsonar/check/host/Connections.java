package org.mailsonar.check.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oshi.SystemInfo;
import oshi.software.os.InternetProtocolStats.IPConnection;
import oshi.software.os.InternetProtocolStats.TcpState;

/** TCP connections that are open, by service: those that others have to this machine, and those that it has to others. */
final class Connections implements HostPart {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private final SystemInfo system;

    Connections(SystemInfo system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public void look(Round round) throws CannotLookException {
        Map<String, List<Integer>> services = round.settings().connections();
        if (services.isEmpty()) {
            return;
        }
        ConnectionTally tally = new ConnectionTally(services);
        if (Files.exists(TABLES.getFirst())) {
            for (Path table : TABLES) {
                linux(table, tally);
            }
        } else {
            for (IPConnection one :
                    system.getOperatingSystem().getInternetProtocolStats().getConnections()) {
                if (one.getState() == TcpState.ESTABLISHED) {
                    tally.add(
                            key(one.getLocalAddress(), one.getLocalPort()),
                            one.getLocalPort(),
                            key(one.getForeignAddress(), one.getForeignPort()),
                            one.getForeignPort());
                }
            }
        }
        tally.counts().forEach((service, count) -> round.measure("tcp_" + service, count, ""));
    }

    private static void linux(Path table, ConnectionTally tally) throws CannotLookException {
        if (!Files.exists(table)) {
            return;
        }
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tally.addLinux(line);
            }
        } catch (IOException unreadable) {
            throw new CannotLookException(table + " cannot be read (" + unreadable + ")");
        }
    }

    private static String key(byte[] address, int port) {
        List<String> parts = new ArrayList<>();
        for (byte part : address) {
            parts.add(Integer.toString(part));
        }
        return String.join(".", parts) + ":" + port;
    }
}
