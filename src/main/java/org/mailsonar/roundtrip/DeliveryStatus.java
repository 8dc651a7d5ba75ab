package org.mailsonar.roundtrip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;

/**
 * The delivery status part of a report (RFC 3464 §2): groups of fields with empty lines between them, the first about the message, the others
 * each about one recipient. A message that went to several is told by the one that failed.
 */
final class DeliveryStatus {

    private static final int MOST_GROUPS = 100;
    private static final List<String> FIRST_ACTIONS = List.of("failed", "delayed");

    private final List<MailMessage> groups;
    private final MailMessage recipient;

    private DeliveryStatus(List<MailMessage> groups, MailMessage recipient) {
        this.groups = groups;
        this.recipient = recipient;
    }

    /** The first status part of a message; empty where there is none with a field in it. */
    static Optional<DeliveryStatus> in(MailMessage message) {
        for (MailMessage part : MimeParts.of(message)) {
            String type = part.first("Content-Type").map(Header::token).orElse("");
            if (type.equals("message/delivery-status") || type.equals("message/global-delivery-status")) {
                List<MailMessage> groups = groups(MimeParts.text(part));
                return groups.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new DeliveryStatus(groups, chooseRecipient(groups)));
            }
        }
        return Optional.empty();
    }

    /** A field about the recipient; empty where it is not told. */
    String ofRecipient(String field) {
        return value(recipient, field);
    }

    /** A field of whatever group has it; empty where it is not told. */
    String any(String field) {
        return groups.stream()
                .map(group -> value(group, field))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static MailMessage chooseRecipient(List<MailMessage> groups) {
        for (String action : FIRST_ACTIONS) {
            for (MailMessage group : groups) {
                if (value(group, "Action").equalsIgnoreCase(action)) {
                    return group;
                }
            }
        }
        return groups.stream()
                .filter(group -> !value(group, "Action").isEmpty())
                .findFirst()
                .orElse(groups.getLast());
    }

    private static List<MailMessage> groups(String text) {
        List<MailMessage> groups = new ArrayList<>();
        int start = 0;
        for (int line = 0; line < text.length() && groups.size() < MOST_GROUPS; ) {
            int end = text.indexOf('\n', line);
            int next = end < 0 ? text.length() : end + 1;
            boolean isLast = next == text.length();
            if (isLast || text.substring(line, next).isBlank()) {
                String group = text.substring(start, isLast ? next : line);
                if (!group.isBlank()) {
                    groups.add(MailMessage.of(group.getBytes(StandardCharsets.ISO_8859_1)));
                }
                start = next;
            }
            line = next;
        }
        return groups;
    }

    private static String value(MailMessage group, String field) {
        return group.first(field).map(Header::value).orElse("");
    }
}
