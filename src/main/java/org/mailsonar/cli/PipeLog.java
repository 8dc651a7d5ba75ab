package org.mailsonar.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailsonar.config.PipeLogSettings;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/**
 * Where a pipe program logs: one line added to a file, or handed to the system log through {@code logger}. A logging framework
 * would take longer to load than the whole program runs. What cannot be logged is dropped: the mail matters more, and there is
 * nobody to tell.
 */
final class PipeLog implements Consumer<String> {

    private static final long LOGGER_SECONDS = 5;

    private final String program;
    private final PipeLogSettings settings;

    PipeLog(String program, PipeLogSettings settings) {
        this.program = program;
        this.settings = settings;
    }

    @Override
    public void accept(String line) {
        Path file = settings.file();
        String oneLine = OneLine.printable(line);
        try {
            if (file == null) {
                toSystemLog(oneLine);
            } else {
                toFile(file, oneLine);
            }
        } catch (IOException | RuntimeException lost) {
            // dropped, as the class says
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void toFile(Path file, String line) throws IOException {
        String full = UtcText.millis(Instant.now()) + " " + program + "["
                + ProcessHandle.current().pid() + "] " + line + "\n";
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(
                    ByteBuffer.wrap(full.getBytes(StandardCharsets.UTF_8))); // one write: lines of others do not mix in
        }
    }

    private void toSystemLog(String line) throws IOException, InterruptedException {
        Process logger = new ProcessBuilder("logger", "-t", program, "-i", "-p", "mail.info", "--", line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        logger.getOutputStream().close();
        if (!logger.waitFor(LOGGER_SECONDS, TimeUnit.SECONDS)) {
            logger.destroyForcibly();
        }
    }
}
