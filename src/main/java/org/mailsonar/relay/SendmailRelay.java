package org.mailsonar.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.OneLine;
import org.mailsonar.program.BoundedText;
import org.mailsonar.program.RunningProgram;
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
        BoundedText output = new BoundedText(LONGEST_OUTPUT);
        byte[] content = withLineFeeds(mail.content());
        try (RunningProgram sendmail = RunningProgram.start(builder(mail.envelope()), content, output)) {
            if (!sendmail.awaitEnd(settings.timeLimit())) {
                return deferred("not done within " + settings.timeLimit().toMillis()
                        + " ms, and ended; the message may have been taken");
            }
            return judge(sendmail.status(), firstLine(output.text()), sendmail.isFed());
        } catch (IOException e) {
            return deferred("cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return deferred("interrupted; the message may have been taken");
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

    private ProcessBuilder builder(Envelope envelope) {
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
        return builder;
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

    /** Each CRLF as LF, as programs of this machine write lines. */
    private static byte[] withLineFeeds(byte[] content) {
        byte[] text = new byte[content.length];
        int length = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] != '\r' || i + 1 == content.length || content[i + 1] != '\n') {
                text[length++] = content[i];
            }
        }
        return Arrays.copyOf(text, length);
    }

    private static String firstLine(String output) {
        String said = output.strip();
        int end = said.indexOf('\n');
        return OneLine.ascii((end < 0 ? said : said.substring(0, end)).strip());
    }
}
