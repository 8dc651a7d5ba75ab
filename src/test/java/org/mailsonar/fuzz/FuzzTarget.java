package org.mailsonar.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of {@code src/test/resources/fuzz/targets}: a name, its class and what else is instrumented, which concerns {@code
 * scripts/fuzz} alone.
 *
 * @param name names directories and files
 * @param entry {@code fuzzerTestOneInput}
 */
record FuzzTarget(String name, MethodHandle entry) {

    static final Path HOME = Path.of("src/test/resources/fuzz");

    /** All of them, in the order of the file. */
    static List<FuzzTarget> all() {
        return lines().filter(line -> !line.startsWith("#")).map(FuzzTarget::of).toList();
    }

    /** Seeds and findings, in the order of their names. */
    List<Path> inputs() {
        return Stream.concat(
                        files(HOME.resolve(name)),
                        files(HOME.resolve("findings"))
                                .filter(file -> file.getFileName().toString().startsWith(name + "-")))
                .sorted()
                .toList();
    }

    /** Runs one input; what it throws is a finding. */
    void run(byte[] input) throws Throwable {
        entry.invokeExact(input);
    }

    private static FuzzTarget of(String line) {
        String[] words = line.strip().split(" +", -1);
        try {
            MethodType type = MethodType.methodType(void.class, byte[].class);
            return new FuzzTarget(
                    words[0],
                    MethodHandles.publicLookup().findStatic(Class.forName(words[1]), "fuzzerTestOneInput", type));
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("no fuzz target as " + HOME.resolve("targets") + " says: " + line, missing);
        }
    }

    private static Stream<String> lines() {
        try {
            return Files.readAllLines(HOME.resolve("targets")).stream();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().endsWith(".md")).toList().stream();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
