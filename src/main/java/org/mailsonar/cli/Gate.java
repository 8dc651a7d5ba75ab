package org.mailsonar.cli;

import java.util.concurrent.CompletableFuture;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;

/**
 * Stands before the handler of places that are started while another configuration is still in force: what comes there waits until its
 * own configuration is, since the old one might find it unwanted. Thread-safe.
 */
final class Gate {

    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();

    /** The handler, behind the gate. */
    MailHandler before(MailHandler handler) {
        return mail -> opened.join()
                ? handler.handle(mail)
                : new Disposition.Deferred(
                        "the configuration was not exchanged; try again later", Disposition.Detail.of("exchange"));
    }

    /** From now on mail goes through. */
    void open() {
        opened.complete(true);
    }

    /** What waits here, and what still comes, is put off: its configuration will never be in force. */
    void refuse() {
        opened.complete(false);
    }
}
