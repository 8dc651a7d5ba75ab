package org.mailsonar.reflect;

import java.util.List;
import java.util.Optional;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.ReturnMark;

/**
 * Decides what must never be answered, so that no loop begins (RFC 3834 §2, RFC 5321 §6.3): returns, automatic replies, delivery
 * reports, what has come through too many hops, and probes whose return would come here again.
 */
final class LoopGuard {

    /** RFC 5321 §6.3 wants at least 100; mail that is not in a loop has a dozen. */
    private static final int MOST_HOPS = 100;

    /** What responders of before RFC 3834 write, and no gateway adds. */
    private static final List<String> OLD_RESPONDERS =
            List.of("X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Auto-Reply", "X-Mail-Autoreply");

    private LoopGuard() {}

    /** Why a message must not be answered whatever its token says; empty when it may be. */
    static Optional<String> objection(MailMessage message) {
        // Attached messages count too: a mailbox that forwards its returns here as attachments would begin a loop.
        for (MailMessage entity : MimeParts.of(message)) {
            if (ReturnMark.isOn(entity)) {
                return Optional.of("it is a return itself");
            }
            if (entity.all("Auto-Submitted").anyMatch(LoopGuard::saysReply)) {
                return Optional.of("it is an automatic reply");
            }
        }
        if (isOfOldResponder(message)) {
            return Optional.of("it is an automatic reply");
        }
        if (message.all("Content-Type").anyMatch(type -> type.token().equals("multipart/report"))) {
            return Optional.of("it is a delivery report");
        }
        return message.all("Received").count() > MOST_HOPS
                ? Optional.of("it has come through more than " + MOST_HOPS + " hops")
                : Optional.empty();
    }

    private static boolean isOfOldResponder(MailMessage message) {
        for (String field : OLD_RESPONDERS) {
            if (message.first(field).isPresent()) {
                return true;
            }
        }
        Optional<Header> precedence = message.first("Precedence");
        return precedence.isPresent() && precedence.get().token().equals("auto_reply");
    }

    /** Whether an answer to another message came with the empty return path, as machines send them. */
    static boolean isReplyOfMachine(ReceivedMail mail) {
        if (mail.envelope().sender() != null) {
            return false;
        }
        if (mail.message().first("In-Reply-To").isPresent()) {
            return true;
        }
        String subject = mail.message().first("Subject").map(Header::value).orElse("");
        return subject.regionMatches(true, 0, "Re:", 0, 3) || subject.regionMatches(true, 0, "Auto:", 0, 5);
    }

    private static boolean saysReply(Header autoSubmitted) {
        String kind = autoSubmitted.token();
        return !kind.equals("no") && !kind.equals("auto-generated");
    }

    /** Why the return of a proven probe would come here again; empty when it would not. */
    static Optional<String> objection(ReceivedMail mail, ProbeToken token, ReflectorSettings settings) {
        EmailAddress returnTo = token.returnTo().withoutExtension();
        boolean comesBack = returnTo.equals(token.to().withoutExtension())
                || returnTo.equals(settings.address().withoutExtension())
                || settings.isProbed(token.returnTo())
                || mail.envelope().recipients().stream()
                        .anyMatch(recipient -> recipient.withoutExtension().equals(returnTo));
        return comesBack ? Optional.of("its return address " + token.returnTo() + " is probed here") : Optional.empty();
    }
}
