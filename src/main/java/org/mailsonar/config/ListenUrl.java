package org.mailsonar.config;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a listener listens.
 *
 * @param host an address or a name
 * @param port 0 to 65535; 0 takes any free one
 */
public record ListenUrl(String host, int port) {

    /**
     * Reads {@code smtp://127.0.0.1:2525} or {@code smtp://[::1]:2525}.
     *
     * @throws IllegalArgumentException when it is anything else; the message says what would be right
     */
    public static ListenUrl parse(String text) {
        try {
            URI uri = new URI(text);
            boolean plain = uri.getRawPath() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
            if ("smtp".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() >= 0
                    && uri.getPort() <= 65535
                    && plain) {
                String host = uri.getHost();
                boolean literal = host.startsWith("[");
                return new ListenUrl(literal ? host.substring(1, host.length() - 1) : host, uri.getPort());
            }
        } catch (URISyntaxException notEvenAUrl) {
            // falls through to the one message
        }
        // What was written is not repeated: it may be the URL of a mailbox with its password.
        throw new IllegalArgumentException(
                "this is nothing to listen on; write smtp://, an address and a port, such as smtp://127.0.0.1:2525");
    }

    @Override
    public String toString() {
        return "smtp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
