package org.mailsonar.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a client is counted by: its IPv4 address, or the first 64 bits of its IPv6 address, since whoever has one of those has all of
 * that network (RFC 6177 §2, RFC 7421 §1).
 *
 * @param text for comparison alone
 */
public record ClientNetwork(String text) {

    private static final int IPV6_PREFIX_BYTES = 8;

    /** The network of an address. */
    public static ClientNetwork of(InetAddress address) {
        return new ClientNetwork(
                address instanceof Inet6Address
                        ? HexFormat.of().formatHex(address.getAddress(), 0, IPV6_PREFIX_BYTES)
                        : address.getHostAddress());
    }

    /** The network in {@link ReceivedMail#client}; empty where no client of the network has brought the mail. */
    static Optional<ClientNetwork> of(String client) {
        int port = client.lastIndexOf(':');
        boolean brackets = port > 1 && client.charAt(0) == '[' && client.charAt(port - 1) == ']';
        if (port < 0) {
            return Optional.empty();
        }
        try {
            InetAddress address =
                    InetAddress.ofLiteral(brackets ? client.substring(1, port - 1) : client.substring(0, port));
            return Optional.of(of(address));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
