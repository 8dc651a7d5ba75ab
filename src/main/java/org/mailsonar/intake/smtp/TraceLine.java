package org.mailsonar.intake.smtp;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Received} field that the listener puts before a message (RFC 5321 §4.4). */
final class TraceLine {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TraceLine() {}

    /**
     * The field with its line ends.
     *
     * @param clientName what the client called itself, fit for a trace line
     * @param clientAddress the client's IP address as text
     * @param protocol {@code ESMTP} or one of its kin (RFC 3848)
     */
    static String of(String clientName, String clientAddress, String hostName, String protocol, Instant when) {
        String literal = clientAddress.indexOf(':') < 0 ? clientAddress : "IPv6:" + clientAddress;
        return "Received: from " + clientName + " ([" + literal + "])\r\n\tby " + hostName + " (Mailsonar) with "
                + protocol + ";\r\n\t" + DATE.format(when) + "\r\n";
    }
}
