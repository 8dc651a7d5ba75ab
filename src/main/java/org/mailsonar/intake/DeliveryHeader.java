package org.mailsonar.intake;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;

/**
 * What a mail server writes at the top of a message when it delivers it: {@code Return-Path} (RFC 5321 §4.4) and the address that it
 * was for. An address of another form than {@link EmailAddress} knows counts as none.
 */
public final class DeliveryHeader {

    private static final String[] RECIPIENT_FIELDS = {"X-Original-To", "Envelope-To", "Delivered-To"};

    private DeliveryHeader() {}

    /** The envelope that the message's header tells, for a message that comes without one: the recipient is our own if it tells none. */
    public static Envelope envelope(MailMessage message, EmailAddress ownAddress) {
        return Envelope.to(sender(message), recipient(message).orElse(ownAddress));
    }

    /** The envelope sender that {@code Return-Path} tells; null where it is the empty one or untold. */
    public static @Nullable EmailAddress sender(MailMessage message) {
        return address(message.first("Return-Path").map(Header::value).orElse(""))
                .orElse(null);
    }

    /** An address, with or without angle brackets; empty for all that is none. */
    public static Optional<EmailAddress> address(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(EmailAddress.parse(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Only above the first {@code Received}: what is below it was there before the last server had the message. */
    private static Optional<EmailAddress> recipient(MailMessage message) {
        List<Header> top = message.headers().stream()
                .takeWhile(header -> !header.is("Received"))
                .toList();
        for (String field : RECIPIENT_FIELDS) {
            for (Header header : top) {
                Optional<EmailAddress> address = header.is(field) ? address(header.value()) : Optional.empty();
                if (address.isPresent()) {
                    return address;
                }
            }
        }
        return Optional.empty();
    }
}
