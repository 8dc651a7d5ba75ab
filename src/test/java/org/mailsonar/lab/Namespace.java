package org.mailsonar.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The mount and process namespaces that one mail server lives in, held by a shell that waits on a pipe from this Java machine.
 *
 * <p>When the pipe ends, because the lab is closed or because Java died in whatever way, the shell ends, and the kernel then
 * kills all that ran with it. Nothing here has to find daemons by name.
 */
final class Namespace implements AutoCloseable {

    static final List<String> UNSHARE =
            List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc");

    private final Process process;

    private Namespace(Process process) {
        this.process = process;
    }

    /**
     * Starts Postfix on the files of this directory.
     *
     * @throws IllegalStateException with the reason, when it does not start
     */
    static Namespace start(Path directory, boolean removeAtTheEnd) throws IOException {
        return start("postfix-lab", directory, removeAtTheEnd);
    }

    /**
     * Runs a script of the lab, which gets this directory, says "ready" and ends with its input.
     *
     * @throws IllegalStateException with the reason, when it does not start
     */
    static Namespace start(String script, Path directory, boolean removeAtTheEnd) throws IOException {
        List<String> words = Command.words(
                UNSHARE,
                "sh",
                "-c",
                Resource.text(script + ".sh"),
                script,
                directory.toString(),
                removeAtTheEnd ? "remove" : "keep");
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        Namespace namespace = new Namespace(process);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String first = output.readLine();
        if (!"ready".equals(first)) {
            String rest = String.join("\n", output.readAllLines());
            namespace.close();
            throw new IllegalStateException(script + " did not start: " + first + "\n" + rest);
        }
        return namespace;
    }

    /** Runs a command inside, as root. */
    Command run(String... words) {
        return Command.run(Command.words(before(), words));
    }

    /** What stands before a command to run it inside. */
    List<String> before() {
        String first =
                Long.toString(process.children().findFirst().orElseThrow().pid());
        return List.of("nsenter", "--mount", "--pid", "--target", first, "--");
    }

    /** The processes inside that run this program, under the ids they have outside. */
    Stream<ProcessHandle> running(String program) {
        return process.descendants()
                .filter(handle -> handle.info().command().orElse("").endsWith("/" + program));
    }

    /** Sends a signal to all servers inside, such as {@code STOP}; twice, since one that is stopped last may have started another before. */
    void signal(String name) {
        for (int round = 0; round < 2; round++) {
            servers().forEach(server -> Command.run(List.of("kill", "-" + name, Long.toString(server.pid()))));
        }
    }

    /** Ends all servers inside, as a power cut does; the namespaces stay. */
    void cutPower() {
        Poll.until("all servers inside to be gone", () -> {
            List<ProcessHandle> left = servers().toList();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
    }

    /** All but the shell that holds the namespaces, and what is gone already. */
    private Stream<ProcessHandle> servers() {
        return process.descendants()
                .filter(handle -> handle.info().command().isPresent()
                        && !handle.info().command().orElse("").matches(".*/(sh|dash|bash|unshare)"));
    }

    /** Returns when every process inside is gone. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
