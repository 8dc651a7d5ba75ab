package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One server program in the foreground, below a shell that waits on a pipe from this Java machine: when the lab is closed, or Java dies in
 * whatever way, the shell ends the program by its process id.
 */
final class Daemon implements AutoCloseable {

    private static final String KEEPER = "log=$1; shift; \"$@\" >\"$log\" 2>&1 </dev/null & server=$!;"
            + " cat >/dev/null; kill \"$server\" 2>/dev/null; wait \"$server\"";

    private final Process keeper;
    private final Path log;

    private Daemon(Process keeper, Path log) {
        this.keeper = keeper;
        this.log = log;
    }

    /** Starts a program; all that it prints goes to the file. */
    static Daemon start(Path log, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", KEEPER, "keeper", log.toString()));
        words.addAll(command);
        return new Daemon(new ProcessBuilder(words).redirectErrorStream(true).start(), log);
    }

    /** All that it printed so far. */
    String log() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed a line with this text, and returns the first such line. */
    String awaitLog(String text) {
        try {
            return Poll.value(
                    log.getFileName() + " to say: " + text,
                    () -> Optional.of(log())
                            .flatMap(said -> said.lines()
                                    .filter(line -> line.contains(text))
                                    .findFirst()));
        } catch (IllegalStateException silent) {
            throw new IllegalStateException(silent.getMessage() + "\n" + log(), silent);
        }
    }

    /** Sends a signal to the program, such as {@code STOP}. */
    void signal(String name) {
        keeper.children()
                .filter(child -> !child.info().command().orElse("/cat").endsWith("/cat"))
                .forEach(server -> Command.run(List.of("kill", "-" + name, Long.toString(server.pid()))));
    }

    /** Returns when it is gone. */
    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
            keeper.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            keeper.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
