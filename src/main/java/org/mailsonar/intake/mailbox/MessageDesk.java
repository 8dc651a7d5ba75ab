package org.mailsonar.intake.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.time.TimeSource;

/** Hands messages to the handler and says what becomes of each in the mailbox. */
final class MessageDesk {

    /** What becomes of a message in the mailbox. */
    enum Fate {
        /** It is deleted. */
        REMOVE,
        /** It stays and is not looked at again. */
        KEEP,
        /** It stays and comes again. */
        RETRY
    }

    private final MailboxSettings settings;
    private final MailHandler handler;
    private final TimeSource time;

    MessageDesk(MailboxSettings settings, MailHandler handler, TimeSource time) {
        this.settings = settings;
        this.handler = handler;
        this.time = time;
    }

    TimeSource time() {
        return time;
    }

    /** Handles one message, or the beginning of one that is longer than the limit. */
    Fate handle(Content content, Arrival arrival) {
        return handle(content, arrival, "", false);
    }

    /**
     * The same, of a message in a folder that is not the usual one.
     *
     * @param place is added to the client's name
     * @param junk whether that folder is for junk
     */
    Fate handle(Content content, Arrival arrival, String place, boolean junk) {
        MailMessage message = MailMessage.of(content.start());
        String client =
                (settings.protocol() == MailboxSettings.Protocol.IMAP ? "imap:" : "pop3:") + settings.hostAndPort();
        ReceivedMail mail = new ReceivedMail(
                envelope(message),
                message,
                content.truncated(),
                arrival.found(),
                arrival.resolution(),
                client + place,
                junk);
        Disposition disposition;
        try {
            disposition = handler.handle(mail);
        } catch (RuntimeException | Error unexpected) {
            return Fate.RETRY; // as MailHandler says; telling of it is a handler's business
        }
        return switch (disposition) {
            case Disposition.Accepted accepted -> Fate.REMOVE;
            case Disposition.Discarded discarded -> discarded.detail().probe() == null ? Fate.KEEP : Fate.REMOVE;
            case Disposition.Unwanted unwanted -> Fate.KEEP;
            case Disposition.Failed failed -> Fate.KEEP;
            case Disposition.Deferred deferred -> Fate.RETRY;
        };
    }

    /** As the last server noted it at delivery: above the first Received, since what is below was there before. */
    private Envelope envelope(MailMessage message) {
        List<Header> top = message.headers().stream()
                .takeWhile(header -> !header.is("Received"))
                .toList();
        EmailAddress recipient = Stream.of("X-Original-To", "Envelope-To", "Delivered-To")
                .flatMap(name -> address(top, name).stream())
                .findFirst()
                .orElse(settings.ownAddress());
        @Nullable EmailAddress sender = address(top, "Return-Path").orElse(null);
        return Envelope.to(sender, recipient);
    }

    private static Optional<EmailAddress> address(List<Header> top, String field) {
        try {
            return top.stream()
                    .filter(header -> header.is(field))
                    .findFirst()
                    .map(Header::value)
                    .map(EmailAddress::parse);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
