package org.mailsonar.notify;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.TimeSource;
import org.mailsonar.time.UtcText;

/**
 * Writes to a syslog server by UDP (RFC 5424, RFC 5426), facility daemon. Nobody answers there, so what was sent counts as taken:
 * this is no way to be the only one.
 */
final class SyslogNotifier implements Notifier {

    /** A receiver takes 480 octets at least and should take 2048 (RFC 5424 §6.1). */
    private static final int LONGEST = 2048;

    private static final int DAEMON = 3;

    /** The severities of RFC 5424 §6.2.1 that are used. */
    enum Level {
        CRIT(2),
        WARNING(4),
        NOTICE(5);

        private final int number;

        Level(int number) {
            this.number = number;
        }

        static Level of(Notice notice) {
            return switch (notice.severity()) {
                case CRITICAL -> CRIT;
                case WARNING -> WARNING;
                case ADVISORY -> NOTICE;
                case null -> NOTICE;
            };
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final SyslogSettings settings;
    private final TimeSource time;

    SyslogNotifier(SyslogSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    @Override
    public Delivery deliver(Notice notice) {
        byte[] message = message(notice).getBytes(StandardCharsets.UTF_8);
        // Resolved each time: a server may have moved since yesterday.
        InetSocketAddress server = new InetSocketAddress(settings.host(), settings.port());
        if (server.isUnresolved()) {
            return new Delivery.Failed(OneLine.ascii(settings.describe() + ": no such host"));
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(message, Math.min(message.length, LONGEST), server));
            return new Delivery.Delivered();
        } catch (IOException e) {
            return new Delivery.Failed(OneLine.ascii(settings.describe() + ": " + e.getMessage()));
        }
    }

    /** RFC 5424 §6, with a byte order mark before the text, as it is UTF-8. */
    private String message(Notice notice) {
        int priority = DAEMON * 8 + Level.of(notice).number;
        return "<" + priority + ">1 " + UtcText.millis(time.now().wall()) + " " + hostName() + " mailsonar "
                + ProcessHandle.current().pid() + " " + notice.kind().name() + " - \uFEFF" + notice.line();
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[!-~]{1,255}") ? name : "-";
        } catch (UnknownHostException nameless) {
            return "-";
        }
    }
}
