package org.mailsonar.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.mailsonar.files.Disk;
import org.mailsonar.files.DurableFile;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.OneLine;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Hands mail to a server that watches a directory: {@code UNIQUE.eml}, with the envelope in {@code X-Sender} and {@code X-Receiver}
 * lines before the message. A mail is Accepted when it is there as a whole and durably; it is written in the subdirectory {@code
 * .mailsonar}, where such servers do not look, and moved out of it. All trouble is Deferred: a full disk, a directory that is not
 * there. A crash leaves at most a file in that subdirectory, which may be deleted. The directory is never created: on a wrong path,
 * or where it is not mounted, mail would wait for nobody. Thread-safe.
 */
final class PickupRelay implements Relay {

    private static final String UNFINISHED = ".mailsonar";

    private final PickupSettings settings;
    private final DurableFile durable;
    private final TimeSource time;
    private final AtomicLong count = new AtomicLong();

    PickupRelay(PickupSettings settings, Disk disk, TimeSource time) {
        this.settings = settings;
        this.durable = new DurableFile(disk);
        this.time = time;
    }

    @Override
    public Transmission send(OutgoingMail mail) {
        Path directory = settings.directory();
        if (!Files.isDirectory(directory)) {
            return deferred("there is no such directory; create it, or mount what it is on");
        }
        String name = uniqueName();
        try {
            Path unfinished = directory.resolve(UNFINISHED);
            if (!Files.isDirectory(unfinished)) {
                create(unfinished);
            }
            durable.write(unfinished.resolve(name), directory.resolve(name), content(mail));
            return new Accepted("pickup: placed as " + name);
        } catch (NoSuchFileException gone) {
            return deferred("the directory has just gone");
        } catch (IOException failed) {
            return deferred("cannot be written to: " + failed.getMessage());
        }
    }

    @Override
    public String describe() {
        return settings.describe();
    }

    /** Nothing is kept between messages. */
    @Override
    public void close() {}

    private static void create(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException justNow) {
            // by another message
        }
    }

    /** Instant, process and count: no two messages of one machine have the same. */
    private String uniqueName() {
        Moment now = time.now();
        long millis = now.wall().toEpochMilli();
        return "mailsonar-" + Long.toString(millis, 36) + "-"
                + Long.toString(ProcessHandle.current().pid(), 36) + "-"
                + Long.toHexString(now.monotonicNanos()) + "-" + count.getAndIncrement() + ".eml";
    }

    private static byte[] content(OutgoingMail mail) {
        Envelope envelope = mail.envelope();
        StringBuilder lines = new StringBuilder(100);
        lines.append("X-Sender: <").append(envelope.senderOrEmpty()).append(">\r\n");
        for (EmailAddress recipient : envelope.recipients()) {
            lines.append("X-Receiver: <").append(recipient).append(">\r\n");
        }
        byte[] before = lines.toString().getBytes(StandardCharsets.UTF_8);
        byte[] message = mail.content();
        byte[] content = new byte[before.length + message.length];
        System.arraycopy(before, 0, content, 0, before.length);
        System.arraycopy(message, 0, content, before.length, message.length);
        return content;
    }

    private Transmission deferred(String text) {
        return Deferred.unanswered(OneLine.ascii(describe() + ": " + text));
    }
}
