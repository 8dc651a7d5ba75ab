package org.mailsonar.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that was started. It is given its input and read by threads of their own, so that one which reads nothing, or floods, does not stop
 * the clock. For one thread; to be closed.
 */
public final class RunningProgram implements AutoCloseable {

    private static final int LONGEST_COMPLAINT = 2000;
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(1);

    private final Process process;
    private final Thread feeding;
    private final Thread reading;
    private final @Nullable Thread complaining;
    private final BoundedText complaint = new BoundedText(LONGEST_COMPLAINT);
    private volatile boolean isFed;
    private volatile String wrong = "";

    private RunningProgram(Process process, byte[] input, OutputReader reader, boolean hasErrors) {
        this.process = process;
        this.feeding = thread("program input", () -> feed(input));
        this.reading = thread("program output", () -> drain(process.getInputStream(), reader));
        this.complaining =
                hasErrors ? thread("program errors", () -> drain(process.getErrorStream(), complaint)) : null;
    }

    private static Thread thread(String name, Runnable work) {
        // A platform's: a pipe that is read blocks its thread, virtual or not.
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    /**
     * Starts a program.
     *
     * @param builder its words and environment; where it redirects errors into the output there is no {@link #complaint}
     * @param input what stands on its standard input, which ends then; it need not read it
     * @param reader reads its standard output
     * @throws IOException when it cannot be started
     */
    public static RunningProgram start(ProcessBuilder builder, byte[] input, OutputReader reader) throws IOException {
        return new RunningProgram(builder.start(), input, reader, !builder.redirectErrorStream());
    }

    private void feed(byte[] input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input);
            out.flush();
            isFed = true;
        } catch (IOException ended) {
            // It ended without reading all; its status says why.
        }
    }

    private void drain(InputStream output, OutputReader reader) {
        try (output) {
            try {
                reader.read(output);
            } catch (IOException e) {
                wrong = String.valueOf(e.getMessage());
            }
            output.transferTo(OutputStream.nullOutputStream());
        } catch (IOException killed) {
            // It was killed; what it said until then is kept.
        }
    }

    /**
     * Waits for its end, and then a second at most for what it had printed: what it left running, a daemon for example, may hold its end of the
     * pipe open for ever.
     *
     * @return whether it ended within the limit
     * @throws InterruptedException when the caller gave up on it
     */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        feeding.join(LEFT_BEHIND);
        reading.join(LEFT_BEHIND);
        if (complaining != null) {
            complaining.join(LEFT_BEHIND);
        }
        return true;
    }

    /** Its exit status, after it ended. */
    public int status() {
        return process.exitValue();
    }

    /** Whether all its input could be written; a pipe may have taken what was never read. */
    public boolean isFed() {
        return isFed;
    }

    /** What its output's reader found wrong; empty where nothing was. */
    String wrong() {
        return wrong;
    }

    /** The beginning of what it printed on standard error, on one line. */
    String complaint() {
        return complaint.line();
    }

    Process process() {
        return process;
    }

    /** Kills it with all that it started; after its end there is nothing to kill but what it left behind. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        // Process.destroyForcibly() closes the pipes too, and waits for ever on one that a thread writes to and a child
        // keeps open.
        process.toHandle().destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
