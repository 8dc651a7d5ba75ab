package org.mailsonar.intake.smtp;

import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import org.mailsonar.message.OneLine;

/**
 * A listener could not take its address. The message is one line for people, with the address and the cause: {@code cannot
 * listen on 127.0.0.1:25: permission denied; ports below 1024 are for privileged programs}.
 */
public final class CannotListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotListenException(String host, int port, Throwable cause) {
        super("cannot listen on " + host + ":" + port + ": " + reason(host, port, cause), cause);
    }

    private static String reason(String host, int port, Throwable cause) {
        if (cause instanceof UnresolvedAddressException || new InetSocketAddress(host, port).isUnresolved()) {
            return "the host name '" + OneLine.ascii(host) + "' has no address";
        }
        String text = OneLine.ascii(
                String.valueOf(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()));
        String reason = text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
        return reason + hint(reason, port);
    }

    private static String hint(String reason, int port) {
        if (reason.contains("permission denied") && port < 1024) {
            return "; ports below 1024 are for privileged programs";
        }
        if (reason.contains("already in use")) {
            return "; another program listens there";
        }
        return reason.contains("cannot assign") ? "; this machine does not have that address" : "";
    }
}
