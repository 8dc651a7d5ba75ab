package org.mailsonar.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls of {@code mailsonar check} from a directory of the test's, with and without a resident checker. */
final class ResidentCalls {

    /** What a call printed and ended with. */
    record Outcome(String output, String errors, int status) {

        /** Of a program, whose end is waited for. */
        static Outcome of(Program program) {
            int status = program.status();
            return new Outcome(program.output(), program.errors(), status);
        }

        /** With a # for each number and the blanks before it: no two checks take the same time. */
        Outcome withoutNumbers() {
            return new Outcome(output.replaceAll(" *[0-9][0-9.]*", "#"), errors, status);
        }

        /** Whether {@link #ask} was left alone, and nothing else was printed. */
        boolean isAlone() {
            return output.startsWith("alone check") && output.lines().count() == 1 && status == 7;
        }
    }

    private final Path directory;
    private final InstalledTree tree;
    private final Path alone;

    private ResidentCalls(Path directory, InstalledTree tree, Path alone) {
        this.directory = directory;
        this.tree = tree;
        this.alone = alone;
    }

    static ResidentCalls in(Path directory, InstalledTree tree) throws IOException {
        Path alone = Files.writeString(directory.resolve("alone"), "#!/bin/sh\necho alone \"$@\"\nexit 7\n");
        Files.setPosixFilePermissions(alone, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ResidentCalls(directory, tree, alone);
    }

    /** Where the resident's socket is. */
    Path place() {
        return directory.resolve("resident");
    }

    /** Starts a resident and waits until it takes calls. */
    Program resident() {
        Program resident = begin();
        resident.await("does the checks of all calls");
        return resident;
    }

    /** Starts one that may not get so far. */
    Program begin() {
        return Program.start(environment(place().toString()), tree.script("mailsonar"), "check", "--resident");
    }

    /** A call as people make it, that asks a resident first. */
    Outcome call(List<String> words) {
        return run(environment(place().toString()), tree.script("mailsonar"), words);
    }

    /** The same that asks nobody. */
    Outcome callAlone(List<String> words) {
        return run(environment("none"), tree.script("mailsonar"), words);
    }

    /** Asks the resident, with a stub in the launcher's place, which says that it was left alone. */
    Outcome ask(String... words) {
        try (Program asking = beginToAsk(words)) {
            return Outcome.of(asking);
        }
    }

    /** The same, and does not wait for its end. */
    Program beginToAsk(String... words) {
        return beginToAsk(tree.root().resolve("lib/mailsonar.jar"), words);
    }

    /** The same as a program of other files. */
    Program beginToAsk(Path jar, String... words) {
        List<String> all = new ArrayList<>(List.of(
                "/usr/bin/env",
                "-C",
                directory.toString(),
                "/usr/bin/perl",
                tree.root().resolve("scripts/lib/ask-resident").toString(),
                place().toString(),
                alone.toString(),
                jar.toString()));
        all.addAll(List.of(words));
        return Program.start(environment(place().toString()), all.toArray(String[]::new));
    }

    private Outcome run(Map<String, String> environment, String launcher, List<String> words) {
        List<String> all = new ArrayList<>(List.of("/usr/bin/env", "-C", directory.toString(), launcher, "check"));
        all.addAll(words);
        try (Program call = Program.start(environment, all.toArray(String[]::new))) {
            return Outcome.of(call);
        }
    }

    private static Map<String, String> environment(String resident) {
        Map<String, String> environment = new HashMap<>(InstalledTree.environment());
        environment.put("MAILSONAR_RESIDENT", resident);
        environment.put("SECRET", "s3cret");
        return environment;
    }
}
