package org.mailsonar.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailsonar.message.OneLine;

/**
 * Runs programs of this machine, each to its end or to a time limit, at which it is killed with all that it started. One that another user's
 * rights protect, by {@code sudo} for example, lives on; the same command is not run again while it does. It gets HOME, TZ and a PATH
 * with the directories of system programs; messages are asked for in English. Thread-safe.
 *
 * @param before words that stand before each command, {@code sudo -n} for example; empty for none
 */
public record Programs(List<String> before) {

    private static final List<String> PASSED_ON =
            List.of("PATH", "HOME", "TZ", "SYSTEMROOT", "SystemRoot", "windir", "TEMP", "TMP");
    private static final List<String> SYSTEM_PROGRAMS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final int LONGEST_OUTPUT = 4 * 1024 * 1024;

    public Programs {
        before = List.copyOf(before);
    }

    /** Programs as this user may run them. */
    public Programs() {
        this(List.of());
    }

    /** Where a program is; empty where there is none, or this user may not run it. A whole path is taken as it is. */
    public Optional<Path> find(String program) {
        for (String directory : directories(program)) {
            try {
                Path path = Path.of(directory, program);
                if (Files.isExecutable(path) && !Files.isDirectory(path)) {
                    return Optional.of(path);
                }
            } catch (InvalidPathException none) {
                // PATH may hold anything
            }
        }
        return Optional.empty();
    }

    /** Runs a program and keeps the beginning of what it prints, up to 4 MiB. */
    public Ran run(List<String> command, Duration limit) throws InterruptedException {
        BoundedText text = new BoundedText(LONGEST_OUTPUT);
        return switch (run(command, limit, text)) {
            case Ran.Ended ended -> new Ran.Ended(ended.status(), text.text(), ended.complaint());
            case Ran.NotRun not -> not;
        };
    }

    /** Runs a program whose output somebody reads while it runs. */
    public Ran run(List<String> command, Duration limit, OutputReader reader) throws InterruptedException {
        String name = command.getFirst();
        Optional<Path> program = started(name);
        if (program.isEmpty()) {
            return new Ran.NotRun(OneLine.printable(name + ": there is no such program, or this user may not run it"));
        }
        List<String> words = new ArrayList<>(before);
        words.add(program.get().toString());
        words.addAll(command.subList(1, command.size()));
        if (Unkilled.isAlive(words)) {
            return new Ran.NotRun(OneLine.printable(
                    name + " is not run again: it was not done in time before, could not be killed, and still runs"));
        }
        try (RunningProgram running = RunningProgram.start(builder(words), new byte[0], reader)) {
            return toTheEnd(running, name, words, limit);
        } catch (IOException e) {
            return new Ran.NotRun(OneLine.printable(name + " cannot be started: " + e.getMessage()));
        }
    }

    /** The words before it may lead to another place, where only they know what there is. */
    private Optional<Path> started(String name) {
        Path path = Path.of(name);
        return !before.isEmpty() && path.isAbsolute() ? Optional.of(path) : find(name);
    }

    private static ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().put("LC_ALL", "C");
        if (File.separatorChar == '/') {
            builder.environment().put("PATH", String.join(":", SYSTEM_PROGRAMS));
        }
        return builder;
    }

    private static Ran toTheEnd(RunningProgram running, String name, List<String> words, Duration limit)
            throws InterruptedException {
        if (!running.awaitEnd(limit)) {
            running.close();
            boolean killed = Unkilled.awaitEnd(running.process(), words);
            return new Ran.NotRun(OneLine.printable(name + " was not done within " + limit.toMillis() / 1000.0
                    + " s, and " + (killed ? "was killed" : "could not be killed: it still runs")));
        }
        return running.wrong().isEmpty()
                ? new Ran.Ended(running.status(), "", OneLine.printable(running.complaint()))
                : new Ran.NotRun(OneLine.printable(name + " printed what cannot be understood: " + running.wrong()));
    }

    private static List<String> directories(String program) {
        if (Path.of(program).isAbsolute()) {
            return List.of("");
        }
        List<String> directories = new ArrayList<>(SYSTEM_PROGRAMS);
        String path = System.getenv("PATH");
        if (path != null) {
            directories.addAll(List.of(path.split(File.pathSeparator, -1)));
        }
        return directories;
    }
}
