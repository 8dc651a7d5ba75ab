package org.mailsonar.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.OneLine;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.relay.Transmission.Refused;

/**
 * Hands mail to the machine's sendmail program: {@code sendmail -i -f sender -- recipient...}, with LF line ends on its standard
 * input. {@code -f <>} is the empty return path to Sendmail, Postfix and Exim alike; Exim lets other than its trusted users
 * set that one only.
 *
 * <p>Status 0 is Accepted. The statuses that speak of the message or of an address are Refused: 65 (data), 67 (no such user), 68
 * (no such host). All others are Deferred: they speak of this machine (69 and 77 too, which sendmails use for a queue that
 * cannot be written). No shell is used. The program gets PATH, HOME, LANG and TZ and nothing else of the environment:
 * a pipe program of Postfix inherits variables such as MAIL_CONFIG, with which {@code postdrop} refuses to work.
 *
 * <p>Thread-safe.
 */
final class SendmailRelay implements Relay {

    private static final List<String> PASSED_ON = List.of("HOME", "LANG", "TZ");
    private static final int LONGEST_OUTPUT = 2000;

    private final SendmailSettings settings;

    SendmailRelay(SendmailSettings settings) {
        this.settings = settings;
    }

    @Override
    public Transmission send(OutgoingMail mail) {
        Optional<String> objection = check();
        if (objection.isPresent()) {
            return new Deferred(objection.get());
        }
        Process process;
        try {
            process = start(mail.envelope());
        } catch (IOException e) {
            return deferred("cannot be started: " + e.getMessage());
        }
        try {
            return run(process, mail.content());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return deferred("interrupted; the message may have been taken");
        } finally {
            end(process);
        }
    }

    /** Whether the program is there and may be run; what it would say of a message only a message can tell. */
    @Override
    public Optional<String> check() {
        Path program = settings.program();
        return Files.isExecutable(program) && !Files.isDirectory(program)
                ? Optional.empty()
                : Optional.of(OneLine.ascii(describe() + ": there is no such program, or it may not be run"));
    }

    @Override
    public String describe() {
        return settings.describe();
    }

    /** Nothing is kept between messages. */
    @Override
    public void close() {}

    private Process start(Envelope envelope) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(settings.program().toString());
        command.add("-i");
        command.add("-f");
        command.add(envelope.sender() == null ? "<>" : envelope.senderOrEmpty());
        command.add("--");
        for (EmailAddress recipient : envelope.recipients()) {
            command.add(recipient.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(PASSED_ON);
        environment.put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        return builder.start();
    }

    /** Writing and reading have a thread each: a program that does neither, or floods, must not stop the clock. */
    private Transmission run(Process process, byte[] content) throws InterruptedException {
        Writer writer = new Writer(process.getOutputStream(), content);
        Reader reader = new Reader(process.getInputStream());
        Thread writing = Thread.ofPlatform().daemon().name("sendmail input").start(writer);
        Thread reading = Thread.ofPlatform().daemon().name("sendmail output").start(reader);
        if (!process.waitFor(settings.timeLimit().toNanos(), TimeUnit.NANOSECONDS)) {
            return deferred("not done within " + settings.timeLimit().toMillis()
                    + " ms, and ended; the message may have been" + " taken");
        }
        // What the program left running may hold its ends of the pipes open for ever.
        writing.join(1000);
        reading.join(1000);
        return judge(process.exitValue(), reader.firstLine(), writer.isDone());
    }

    private Transmission judge(int status, String output, boolean wholeMessageRead) {
        if (status == 0) {
            return wholeMessageRead
                    ? new Accepted("sendmail: accepted")
                    : deferred("ended with status 0 without reading the whole message");
        }
        String text = "ended with status " + status + (output.isEmpty() ? "" : ": " + output);
        return switch (status) {
            case 65, 67, 68 -> new Refused(OneLine.ascii(describe() + ": " + text));
            default -> deferred(text);
        };
    }

    private Transmission deferred(String text) {
        return Deferred.unanswered(OneLine.ascii(describe() + ": " + text));
    }

    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Writes the content with LF line ends. */
    private static final class Writer implements Runnable {

        private final OutputStream out;
        private final byte[] content;
        private volatile boolean done;

        Writer(OutputStream out, byte[] content) {
            this.out = out;
            this.content = content;
        }

        boolean isDone() {
            return done;
        }

        @Override
        public void run() {
            byte[] text = new byte[content.length];
            int length = 0;
            for (int i = 0; i < content.length; i++) {
                if (content[i] != '\r' || i + 1 == content.length || content[i + 1] != '\n') {
                    text[length++] = content[i];
                }
            }
            try (out) {
                out.write(text, 0, length);
                out.flush();
                done = true;
            } catch (IOException ignored) {
                // The program ended early; its status says why.
            }
        }
    }

    /** Reads all output, so that the program never waits, and keeps the beginning. */
    private static final class Reader implements Runnable {

        private final InputStream in;
        private final byte[] kept = new byte[LONGEST_OUTPUT];
        private volatile int length;

        Reader(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[LONGEST_OUTPUT];
            int filled = 0;
            try (in) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    int more = Math.min(read, kept.length - filled);
                    System.arraycopy(buffer, 0, kept, filled, more);
                    filled += more;
                    length = filled;
                }
            } catch (IOException ignored) {
                // The program was ended; what it said until then is kept.
            }
        }

        String firstLine() {
            String output = new String(kept, 0, length, StandardCharsets.ISO_8859_1).strip();
            int end = output.indexOf('\n');
            return OneLine.ascii((end < 0 ? output : output.substring(0, end)).strip());
        }
    }
}
