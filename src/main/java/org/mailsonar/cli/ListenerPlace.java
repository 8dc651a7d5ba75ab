package org.mailsonar.cli;

import java.util.List;
import java.util.Optional;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.smtp.CannotListenException;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.intake.smtp.SmtpListener;
import org.mailsonar.intake.smtp.TlsFileException;

/**
 * An SMTP listener.
 *
 * @param name its URL
 * @param settings where and how it listens; the recipients' test is always the same object, so settings can be compared
 * @param handler what stands behind it
 */
record ListenerPlace(String name, ListenerSettings settings, MailHandler handler) implements Place {

    @Override
    public Object where() {
        return List.of(settings.host(), settings.port());
    }

    @Override
    public SmtpListener start() {
        return SmtpListener.start(settings, handler);
    }

    @Override
    public boolean change(AutoCloseable running) {
        if (running instanceof SmtpListener listener && listener.speaks(settings.protocol())) {
            listener.change(settings);
            return true;
        }
        return false;
    }

    /** Listens for a moment. */
    @Override
    public Optional<String> check() {
        try {
            start().close();
            return Optional.empty();
        } catch (CannotListenException taken) {
            String why = String.valueOf(taken.getMessage());
            return Optional.of(why.contains("already in use") ? why + ": is the reflector running already?" : why);
        } catch (TlsFileException | IllegalArgumentException wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }

    @Override
    public String describe() {
        return "listen " + name;
    }
}
