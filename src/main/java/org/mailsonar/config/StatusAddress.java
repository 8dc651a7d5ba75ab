package org.mailsonar.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where metrics and health are served.
 *
 * @param host an IP address
 * @param port 0 to 65535; 0 takes any free one
 */
public record StatusAddress(String host, int port) {

    /**
     * Reads {@code 9925}, which is on loopback alone, or {@code 127.0.0.1:9925}, {@code [::1]:9925}, {@code 0.0.0.0:9925}.
     *
     * @throws IllegalArgumentException when it is anything else; the message says what would be right
     */
    public static StatusAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        try {
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            String literal = bracketed ? host.substring(1, host.length() - 1) : host;
            if (bracketed == literal.indexOf(':') >= 0) {
                // No look-up: a name would bind to whatever the resolver says today.
                InetAddress address = InetAddress.ofLiteral(literal);
                return new StatusAddress(address.getHostAddress(), port(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException neither) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("'" + text
                + "' is no place for metrics; write a port, such as 9925, or address and port, such as 127.0.0.1:9925");
    }

    /** The same for a socket. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("no port");
        }
        int port = Integer.parseInt(digits);
        if (port > 65535) {
            throw new IllegalArgumentException("no port");
        }
        return port;
    }

    @Override
    public String toString() {
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
