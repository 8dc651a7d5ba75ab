package org.mailsonar.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mailsonar.message.OneLine;

/** Runs a program to its end, or to a time limit. */
final class Programs {

    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "TZ");
    private static final int LONGEST_OUTPUT = 2000;
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(1);

    private Programs() {}

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
        try {
            Process process = builder.start();
            try {
                return run(process, program, input, limit);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new Delivery.Failed(OneLine.printable(program + " cannot be started: " + e.getMessage()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return new Delivery.Failed(OneLine.printable(program + " was not waited for, and killed"));
        }
    }

    /** Writing and reading have a thread each: a program that does neither, or floods, must not stop the clock. */
    private static Delivery run(Process process, String program, String input, Duration limit)
            throws InterruptedException {
        Output output = new Output(process.getInputStream());
        Thread reading = Thread.ofPlatform().daemon().name("program output").start(output);
        Thread.ofPlatform().daemon().name("program input").start(() -> write(process, input));
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            return new Delivery.Failed(
                    OneLine.printable(program + " was not done within " + Texts.time(limit) + ", and killed"));
        }
        // What it left running may hold its end of the pipe open for ever.
        reading.join(LEFT_BEHIND);
        if (process.exitValue() == 0) {
            return new Delivery.Delivered();
        }
        String said = output.text();
        return new Delivery.Failed(OneLine.printable(
                program + " ended with status " + process.exitValue() + (said.isEmpty() ? "" : ": " + said)));
    }

    private static void write(Process process, String input) {
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ignored) {
            // It need not read, and its status says whether all went well.
        }
    }

    /** Reads all of it, so that the program never waits, and keeps the beginning. */
    private static final class Output implements Runnable {

        private final InputStream in;
        private final byte[] kept = new byte[LONGEST_OUTPUT];
        private volatile int length;

        Output(InputStream in) {
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
                // It was killed; what it said until then is kept.
            }
        }

        String text() {
            return new String(kept, 0, length, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
        }
    }
}
