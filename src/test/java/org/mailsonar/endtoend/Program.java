package org.mailsonar.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mailsonar.lab.Poll;

/** A program that a test has started; what it says is read all the time. Closing it ends it and everything that it started. */
@SuppressWarnings("JdkObsolete") // StringBuffer: one thread writes while another reads
final class Program implements AutoCloseable {

    /** A Java that starts on a loaded machine, and whatever it is then to do. */
    private static final long PATIENCE_SECONDS = 240;

    private final Process process;
    private final List<String> words;
    private final StringBuffer output = new StringBuffer();
    private final StringBuffer errors = new StringBuffer();
    private final Thread outputReader;
    private final Thread errorReader;

    private Program(Process process, List<String> words) {
        this.process = process;
        this.words = words;
        this.outputReader = reader(process.inputReader(StandardCharsets.UTF_8), output);
        this.errorReader = reader(process.errorReader(StandardCharsets.UTF_8), errors);
    }

    /** Starts a program with an empty standard input and this environment alone. */
    static Program start(Map<String, String> environment, String... words) {
        Program program = startOpen(environment, words);
        program.endInput();
        return program;
    }

    /** Starts a program whose standard input the test writes. */
    static Program startOpen(Map<String, String> environment, String... words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new Program(builder.start(), List.of(words));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private volatile boolean readToItsEnd = true;

    /** Writes to its standard input. A program that no longer reads is no failure of the test's. */
    Program write(byte[] bytes) {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException ended) {
            readToItsEnd = false;
        }
        return this;
    }

    Program write(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    Program endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            readToItsEnd = false;
        }
        return this;
    }

    /** Standard output so far. */
    String output() {
        return output.toString();
    }

    /** Standard error so far. */
    String errors() {
        return errors.toString();
    }

    /** Waits until it has said this, on either stream, and returns the first such line. */
    String await(String text) {
        return Poll.value(this + " to say: " + text, () -> {
            Optional<String> line = Stream.of(output, errors)
                    .flatMap(stream -> stream.toString().lines())
                    .filter(said -> said.contains(text))
                    .findFirst();
            if (line.isEmpty() && !process.isAlive()) {
                status();
                throw new IllegalStateException(this + " ended without saying: " + text);
            }
            return line;
        });
    }

    /** In how many lines it has said this so far. */
    int count(String text) {
        return (int) Stream.of(output, errors)
                .flatMap(stream -> stream.toString().lines())
                .filter(said -> said.contains(text))
                .count();
    }

    /** Waits for its end and returns its exit status. */
    int status() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running: " + this);
            }
            outputReader.join();
            errorReader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + this, e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long id() {
        return process.pid();
    }

    /** The processes that it has started. */
    Stream<ProcessHandle> descendants() {
        return process.descendants();
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // Process.destroy would also stop reading
    }

    /** SIGKILL. */
    void kill() {
        process.toHandle().destroyForcibly();
        status();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.toHandle().destroyForcibly();
            status();
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words) + "\n" + output + errors
                + (readToItsEnd ? "" : "(its standard input was not read to the end)");
    }

    private static Thread reader(BufferedReader from, StringBuffer to) {
        return Thread.ofVirtual().start(() -> {
            try (from) {
                char[] buffer = new char[8192];
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.append(buffer, 0, read);
                }
            } catch (IOException ended) {
                to.append("(").append(ended).append(")\n");
            }
        });
    }
}
