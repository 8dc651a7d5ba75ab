package org.mailsonar.intake.mailbox;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Locale;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;

/**
 * Tells from a few header fields whether a message may be a probe, a return or the bounce of one, and so is worth reading whole. All
 * other mail in the mailbox is a person's: nothing of it but these fields is read, and no handler sees it.
 *
 * <p>Gateways strip fields that they do not know and rewrite subjects, so there are several signs, each enough: a field of Mailsonar's;
 * a subject that holds the product's name; a message id, its own or one that it refers to, whose local part is a probe's id (gateways
 * keep message ids); a report about a delivery (RFC 6522); and, up to 64 KiB, any automatic message (RFC 3834 §5), which is also what has
 * the empty return path (qmail's bounces have no other sign). A probe without
 * any of these is not found.
 */
final class MailHint {

    /** The fields that are asked for, as IMAP writes them. */
    static final String FIELDS =
            "Mailsonar-Probe Mailsonar-Return Subject Message-ID In-Reply-To Auto-Submitted Content-Type Return-Path";

    private static final int LONGEST_AUTOMATIC = 64 * 1024;
    private static final int ID_LENGTH = 26;
    private static final String ID_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private MailHint() {}

    /**
     * Whether it may be one.
     *
     * @param header the message, or its header, or only {@link #FIELDS} of it
     * @param size the whole message's size in bytes
     */
    static boolean isIn(MailMessage header, long size) {
        return header.first("Mailsonar-Probe").isPresent()
                || header.first("Mailsonar-Return").isPresent()
                || header.all("Subject").anyMatch(subject -> decoded(subject).contains("mailsonar"))
                || hasProbeId(header)
                || header.first("Content-Type")
                        .map(Header::token)
                        .filter("multipart/report"::equals)
                        .isPresent()
                || (size <= LONGEST_AUTOMATIC && isAutomatic(header));
    }

    private static boolean isAutomatic(MailMessage header) {
        boolean says = header.first("Auto-Submitted")
                .map(Header::token)
                .filter(word -> !word.equals("no"))
                .isPresent();
        return says
                || header.first("Return-Path")
                        .map(Header::value)
                        .filter("<>"::equals)
                        .isPresent();
    }

    private static String decoded(Header subject) {
        try {
            return MimeUtility.decodeText(subject.value()).toLowerCase(Locale.ROOT);
        } catch (UnsupportedEncodingException unknownCharset) {
            return subject.value().toLowerCase(Locale.ROOT);
        }
    }

    private static boolean hasProbeId(MailMessage header) {
        return List.of("Message-ID", "In-Reply-To").stream()
                .flatMap(header::all)
                .map(Header::value)
                .anyMatch(MailHint::isProbeId);
    }

    /** Whether it is {@code <id@domain>} with the 26 characters of a ULID. */
    private static boolean isProbeId(String messageId) {
        return messageId.length() > ID_LENGTH + 1
                && messageId.charAt(0) == '<'
                && messageId.charAt(ID_LENGTH + 1) == '@'
                && messageId.substring(1, ID_LENGTH + 1).chars().allMatch(c -> ID_LETTERS.indexOf(c) >= 0);
    }
}
