package org.mailsonar.check.host;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.mailsonar.program.Programs;

/** Counts what is in a queue. */
sealed interface QueueReader permits PostfixQueue, EximQueue, SendmailQueue, FolderQueue {

    /** Counts it once; ages are those at this instant. */
    QueueTally count(Instant now) throws CannotLookException, InterruptedException;

    /** The reader of a queue. */
    static QueueReader of(HostSettings.Queue queue, Programs programs, Duration limit) {
        return switch (queue.kind()) {
            case POSTFIX -> new PostfixQueue(programs, limit, queue.place());
            case EXIM -> new EximQueue(programs, limit, queue.place());
            case SENDMAIL -> new SendmailQueue(programs, limit, queue.place());
            case FOLDER -> new FolderQueue(Path.of(queue.place()));
        };
    }
}
