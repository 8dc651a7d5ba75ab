package org.mailsonar.check.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts open connections by service. Within this machine a connection has two ends that both stand in its tables; it is counted once, at
 * the end that has the service's port. Of one thread.
 */
final class ConnectionTally {

    /** Linux's number for ESTABLISHED. */
    private static final String ESTABLISHED = "01";

    private final Map<String, List<Integer>> services;
    private final Map<Integer, List<String>> byPort = new HashMap<>();
    private final Map<String, Integer> served = new HashMap<>();
    private final Set<String> servedEnds = new HashSet<>();
    private final List<Outgoing> outgoing = new ArrayList<>();

    /** An end without the service's port: the other end, and this one behind it. */
    private record Outgoing(String ends, int port) {}

    ConnectionTally(Map<String, List<Integer>> services) {
        this.services = services;
        services.forEach((service, ports) -> ports.forEach(
                port -> byPort.computeIfAbsent(port, none -> new ArrayList<>()).add(service)));
    }

    /** Adds one that is open. */
    void add(String local, int localPort, String remote, int remotePort) {
        if (byPort.containsKey(localPort)) {
            servedEnds.add(local + " " + remote);
            count(localPort);
        } else if (byPort.containsKey(remotePort)) {
            outgoing.add(new Outgoing(remote + " " + local, remotePort));
        }
    }

    /** Adds a line of /proc/net/tcp or tcp6: number, local and remote address and port in hexadecimal digits, state; others count for nothing. */
    void addLinux(String line) {
        String[] words = line.strip().split("\\s+", 5);
        if (words.length < 4 || !words[3].equals(ESTABLISHED)) {
            return;
        }
        int localPort = port(words[1]);
        int remotePort = port(words[2]);
        if (localPort > 0 && remotePort > 0) {
            add(words[1], localPort, words[2], remotePort);
        }
    }

    /** How many there are of each service. */
    Map<String, Integer> counts() {
        for (Outgoing end : outgoing) {
            if (!servedEnds.contains(end.ends)) {
                count(end.port);
            }
        }
        outgoing.clear();
        Map<String, Integer> counts = new LinkedHashMap<>();
        services.keySet().forEach(service -> counts.put(service, served.getOrDefault(service, 0)));
        return counts;
    }

    private void count(int port) {
        byPort.getOrDefault(port, List.of()).forEach(service -> served.merge(service, 1, Integer::sum));
    }

    private static int port(String place) {
        int colon = place.indexOf(':');
        try {
            return colon < 0 ? 0 : Integer.parseInt(place.substring(colon + 1), 16);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
