package org.mailsonar.intake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/**
 * One message that was handled, for logs and counters.
 *
 * @param mail the message
 * @param disposition what became of it
 * @param took how long its handler took, by the monotonic clock
 * @param failure what the handler threw instead of answering; null when it did answer
 */
public record HandledMail(
        ReceivedMail mail,
        Disposition disposition,
        Duration took,
        @Nullable Throwable failure) {

    /**
     * The line of the log: what became of it, from whom, by whom, how long it took and why. Strangers' text in it is made printable,
     * so nobody can write a line of his own.
     */
    public String line() {
        EmailAddress sender = mail.envelope().sender();
        String probe = disposition.detail().probe();
        return OneLine.printable(disposition.name() + " from=<"
                + (sender == null ? "" : sender) + "> to=<"
                + mail.envelope().recipients().getFirst() + "> client=" + mail.client() + " size="
                + mail.message().size() + (mail.truncated() ? "+" : "") + (probe == null ? "" : " id=" + probe)
                + " reason=" + disposition.detail().reason() + " received="
                + UtcText.micros(mail.received().wall()) + " took=" + took.toMillis() + "ms "
                + disposition.text() + (failure == null ? "" : " (" + failure + ")"));
    }
}
