package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.HandledMail;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/**
 * One message in the log: a line for people, or fields for programs.
 *
 * @param handled the message and what became of it
 */
record MessageEntry(HandledMail handled) implements Message {

    private static final long serialVersionUID = 1L;

    @Override
    public String getFormattedMessage() {
        return handled.line();
    }

    @Override
    public Object @Nullable [] getParameters() {
        return null;
    }

    @Override
    public @Nullable Throwable getThrowable() {
        return null;
    }

    /** Adds its fields to an object that is begun. */
    void write(JsonGenerator json) throws IOException {
        ReceivedMail mail = handled.mail();
        Disposition disposition = handled.disposition();
        EmailAddress sender = mail.envelope().sender();
        json.writeStringField("disposition", disposition.name());
        json.writeStringField("reason", disposition.detail().reason());
        if (disposition.detail().probe() != null) {
            json.writeStringField("probe", disposition.detail().probe());
        }
        json.writeStringField("from", sender == null ? "" : sender.toString());
        json.writeStringField("to", mail.envelope().recipients().getFirst().toString());
        json.writeStringField("client", mail.client());
        json.writeNumberField("size", mail.message().size());
        json.writeBooleanField("truncated", mail.truncated());
        json.writeStringField("received", UtcText.micros(mail.received().wall()));
        json.writeNumberField("tookMs", handled.took().toNanos() / 1_000_000.0);
        json.writeStringField("text", OneLine.printable(disposition.text()));
        if (handled.failure() != null) {
            json.writeStringField("failure", OneLine.printable(handled.failure().toString()));
        }
    }
}
