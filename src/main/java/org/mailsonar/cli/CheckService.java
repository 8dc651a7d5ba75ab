package org.mailsonar.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code mailsonar check --resident}: takes the calls of one user until somebody stops it, or what it is made of has changed. */
final class CheckService {

    private static final long LOOK_SECONDS = 2;

    private CheckService() {}

    /** Blocks until it is over, and gives the exit status. */
    static int run(Terminal terminal) throws Command.UsageException, InterruptedException {
        Path program = Path.of(List.of(System.getProperty("java.class.path").split(File.pathSeparator, 2))
                .getFirst());
        // Java reads them once, and they are renewed by the system's updates.
        Path authorities = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        String made = FileStamp.of(program);
        String trusted = FileStamp.of(authorities);
        try (UntilStopped stop = new UntilStopped();
                ResidentDoor door = ResidentDoor.open(directory());
                ResidentChecker checker = ResidentChecker.start(door, new CheckCalls(made))) {
            terminal.say("mailsonar check: does the checks of all calls by " + System.getProperty("user.name")
                    + ", who come to " + door.place());
            while (!stop.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                String over =
                        over(checker, made.equals(FileStamp.of(program)) && trusted.equals(FileStamp.of(authorities)));
                if (over != null) {
                    terminal.say("mailsonar check: " + over + ": this one ends, to be started anew");
                    return ExitStatus.UNKNOWN;
                }
            }
        }
        return ExitStatus.GOOD;
    }

    private static @Nullable String over(ResidentChecker checker, boolean isSame) {
        if (!checker.isOpen()) {
            return "somebody removed the socket, or it broke";
        }
        return isSame ? null : "another version was installed, or other authorities";
    }

    /** The first that fits; callers look for it in the same places, and in {@code /run/mailsonar-check} as well. */
    private static Path directory() throws Command.UsageException {
        String named = System.getenv("MAILSONAR_RESIDENT");
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        String home = System.getenv("HOME");
        Path directory = null;
        if (named != null && !named.isEmpty()) {
            directory = Path.of(named);
        } else if (runtime != null && !runtime.isEmpty()) {
            directory = Path.of(runtime, "mailsonar");
        } else if (home != null && !home.isEmpty()) {
            directory = Path.of(home, ".cache", "mailsonar");
        }
        if (directory == null || !directory.isAbsolute()) {
            throw new Command.UsageException(
                    "there is no directory for the calls: name one in full with MAILSONAR_RESIDENT, of this user's alone");
        }
        return directory;
    }
}
