package org.mailsonar.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.smtp.ListenerProtocol;

/**
 * Where a listener listens, and what it speaks there.
 *
 * @param host an address or a name
 * @param port 0 to 65535; 0 takes any free one
 */
public record ListenUrl(ListenerProtocol protocol, String host, int port) {

    private static final int SMTP_PORT = 25;

    /**
     * Reads {@code smtp://127.0.0.1:2525}, {@code smtps://[::1]:2465} or {@code lmtp://127.0.0.1:2424}.
     *
     * @throws IllegalArgumentException when it is anything else; the message says what would be right
     */
    public static ListenUrl parse(String text) {
        ListenUrl url = parseOrNull(text);
        if (url == null) {
            // What was written is not repeated: it may be the URL of a mailbox with its password.
            throw new IllegalArgumentException(
                    "this is nothing to listen on; write smtp://, smtps:// or lmtp://, an address and a port, such as"
                            + " smtp://127.0.0.1:2525");
        }
        if (url.protocol == ListenerProtocol.LMTP && url.port == SMTP_PORT) {
            throw new IllegalArgumentException(
                    "port 25 is for SMTP, never for LMTP (RFC 2033 §5); choose another one, such as 2424");
        }
        return url;
    }

    private static @Nullable ListenUrl parseOrNull(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException notEvenAUrl) {
            return null;
        }
        ListenerProtocol protocol = protocol(uri.getScheme());
        String host = uri.getHost();
        boolean plain = uri.getRawPath() != null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
        if (protocol == null || host == null || !plain || uri.getPort() < 0 || uri.getPort() > 65535) {
            return null;
        }
        boolean literal = host.startsWith("[");
        return new ListenUrl(protocol, literal ? host.substring(1, host.length() - 1) : host, uri.getPort());
    }

    private static @Nullable ListenerProtocol protocol(@Nullable String scheme) {
        for (ListenerProtocol protocol : ListenerProtocol.values()) {
            if (protocol.scheme().equals(scheme)) {
                return protocol;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return protocol.scheme() + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
