package org.mailsonar.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mailsonar.message.OneLine;
import org.mailsonar.program.BoundedText;
import org.mailsonar.program.RunningProgram;

/** Runs a program that tells people, to its end or to a time limit. */
final class NoticeProgram {

    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "TZ");
    private static final int LONGEST_OUTPUT = 2000;

    private NoticeProgram() {}

    /**
     * Runs it with PATH, HOME, LANG, TZ and these variables; delivered with status 0.
     *
     * @param input what it may read on standard input
     */
    static Delivery run(List<String> command, Map<String, String> variables, String input, Duration limit) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().putAll(variables);
        String program = command.getFirst();
        BoundedText said = new BoundedText(LONGEST_OUTPUT);
        try (RunningProgram running = RunningProgram.start(builder, input.getBytes(StandardCharsets.UTF_8), said)) {
            if (!running.awaitEnd(limit)) {
                return failed(program + " was not done within " + Texts.time(limit) + ", and killed");
            }
            String words = said.line();
            return running.status() == 0
                    ? new Delivery.Delivered()
                    : failed(
                            program + " ended with status " + running.status() + (words.isEmpty() ? "" : ": " + words));
        } catch (IOException e) {
            return failed(program + " cannot be started: " + e.getMessage());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return failed(program + " was not waited for, and killed");
        }
    }

    private static Delivery failed(String why) {
        return new Delivery.Failed(OneLine.printable(why));
    }
}
