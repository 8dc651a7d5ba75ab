package org.mailsonar.intake;

import java.time.Duration;
import java.util.function.Consumer;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Tells of each message that another handler has handled. What the teller throws is dropped: a log that fails must not make a mail
 * that is done come again. Thread-safe if the handler and the teller are.
 */
public final class LoggedHandler implements MailHandler {

    private final MailHandler handler;
    private final Consumer<HandledMail> log;
    private final TimeSource time;

    /**
     * A handler that logs.
     *
     * @param handler does the work; what it throws becomes a {@link Disposition.Deferred} that tells the client nothing of it
     * @param log is told of each message, before whoever brought it is answered
     * @param time measures how long the handler takes
     */
    public LoggedHandler(MailHandler handler, Consumer<HandledMail> log, TimeSource time) {
        this.handler = handler;
        this.log = log;
        this.time = time;
    }

    @Override
    public Disposition handle(ReceivedMail mail) {
        Moment begun = time.now();
        Disposition disposition;
        Throwable failure = null;
        try {
            disposition = handler.handle(mail);
        } catch (RuntimeException unexpected) {
            failure = unexpected;
            disposition = new Disposition.Deferred(
                    "unexpected trouble here; try again later", Disposition.Detail.of("unexpected"));
        }
        Duration took = time.now().since(begun);
        try {
            log.accept(new HandledMail(mail, disposition, took, failure));
        } catch (RuntimeException untold) {
            // as the class says
        }
        return disposition;
    }
}
