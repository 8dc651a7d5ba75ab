package org.mailsonar.intake.directory;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;

/** What a look at a file found. */
sealed interface Look {

    /**
     * A mail.
     *
     * @param file where it is now
     * @param truncated whether the file is longer than is read
     * @param attributes the file's, from before it was read
     */
    record Mail(Path file, Envelope envelope, MailMessage message, boolean truncated, BasicFileAttributes attributes)
            implements Look {}

    /** It may not be whole yet, and is to be looked at again after a pause. */
    record NotYet(Duration pause) implements Look {}

    /** Nothing that is for us. */
    record NotOurs() implements Look {}

    /** Nothing that could ever be handled; goes to where failed mail is kept. */
    record Unusable(Path file, BasicFileAttributes attributes, String why) implements Look {}
}
