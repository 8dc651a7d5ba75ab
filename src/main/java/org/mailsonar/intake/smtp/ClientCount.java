package org.mailsonar.intake.smtp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.ClientNetwork;

/**
 * Counts connections, all and those of each client, which is a {@link ClientNetwork}. Thread-safe.
 */
final class ClientCount {

    private ListenerLimits limits;
    private final Map<ClientNetwork, Integer> clients = new HashMap<>();
    private int connections;

    ClientCount(ListenerLimits limits) {
        this.limits = limits;
    }

    /** From now on admits by these limits; who is connected stays. */
    synchronized void limit(ListenerLimits newLimits) {
        limits = newLimits;
    }

    /** Counts a connection in and gives null, or gives why there is no place for it. */
    synchronized @Nullable SmtpReply enter(InetAddress client) {
        if (connections >= limits.connections()) {
            return SmtpReply.FULL;
        }
        ClientNetwork network = ClientNetwork.of(client);
        int already = clients.getOrDefault(network, 0);
        if (already >= limits.connectionsPerClient() && !limits.unboundClients().test(client)) {
            return SmtpReply.CLIENT_FULL;
        }
        clients.put(network, already + 1);
        connections++;
        return null;
    }

    /** Counts a connection out that was counted in. */
    synchronized void leave(InetAddress client) {
        connections--;
        clients.computeIfPresent(ClientNetwork.of(client), (_, count) -> count == 1 ? null : count - 1);
    }

    /** Whether more than three quarters of the places are taken. */
    synchronized boolean isNearlyFull() {
        return connections > limits.connections() * 3L / 4;
    }

    /** How many clients are known of; none that has left is. */
    synchronized int clients() {
        return clients.size();
    }
}
