package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.mailsonar.files.Disk;
import org.mailsonar.intake.DeliveryHeader;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.MailMessage;

/** Reads files as mail, up to a limit. Thread-safe. */
final class MailFile {

    private final Disk disk;
    private final int limit;
    private final EmailAddress ownAddress;

    MailFile(DirectorySettings settings, Disk disk) {
        this.disk = disk;
        this.limit = settings.maxMessageSize();
        this.ownAddress = settings.ownAddress();
    }

    /** The beginning of a file, one byte more than the limit if there is that much. */
    byte[] read(Path file) throws IOException {
        return disk.read(file, limit + 1);
    }

    /** A mail whose envelope its delivery header tells. */
    Look.Mail delivered(Path file, byte[] content, BasicFileAttributes attributes) {
        boolean truncated = content.length > limit;
        MailMessage message = MailMessage.of(truncated ? Arrays.copyOf(content, limit) : content);
        return new Look.Mail(file, DeliveryHeader.envelope(message, ownAddress), message, truncated, attributes);
    }

    /** A mail whose envelope is in lines before it; if there are none, in its delivery header. */
    Look.Mail enveloped(Path file, byte[] content, BasicFileAttributes attributes) {
        EnvelopeLines lines = EnvelopeLines.of(content);
        if (!lines.areThere()) {
            return delivered(file, content, attributes);
        }
        boolean truncated = content.length > limit;
        int end = Math.min(content.length, limit);
        MailMessage message = MailMessage.of(Arrays.copyOfRange(content, Math.min(lines.end(), end), end));
        return new Look.Mail(file, lines.envelope(ownAddress), message, truncated, attributes);
    }
}
