package org.mailsonar.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.fuzz.FuzzInput;

/** Fuzz target: any file is a configuration or one line about what is wrong with it, where it stands and what would be right. */
public final class ConfigFuzz {

    private static final int LONGEST_MESSAGE = 2001;
    private static final String SECRET = "hunter2";
    private static final List<String> NOT_FOR_PEOPLE = List.of(SECRET, "Exception", "java.", "For input string");
    private static final Path DIRECTORY = directory();
    private static final Path FILE = DIRECTORY.resolve("fuzz.yaml");
    private static final List<String> REFLECTOR = example("reflector.yaml");
    private static final List<String> MONITOR = example("monitor.yaml");

    private ConfigFuzz() {}

    /** One input: a letter chooses how the file is made, the rest is its text or the changes to a shipped example. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        boolean monitor = input.choose(2) == 1;
        byte[] content = switch (input.choose(3)) {
            case 0 -> input.rest();
            case 1 -> changed(monitor ? MONITOR : REFLECTOR, input).getBytes(UTF_8);
            default -> repeated(input).getBytes(UTF_8);
        };
        load(content, monitor);
    }

    private static void load(byte[] content, boolean monitor) {
        try {
            Files.write(FILE, content);
            Object loaded = monitor ? MonitorConfig.load(FILE) : ReflectorConfig.load(FILE);
            checkWords(content, loaded.toString(), List.of(SECRET));
        } catch (ConfigException refused) {
            String message = String.valueOf(refused.getMessage());
            Claim.oneLine(message, LONGEST_MESSAGE, "a complaint is one line");
            Claim.that(message.startsWith(FILE + ":"), "a complaint names the file", message);
            checkWords(content, message, NOT_FOR_PEOPLE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The secret, and what libraries say for themselves, come up only where they stand in the file. */
    private static void checkWords(byte[] content, String shown, List<String> words) {
        String file = new String(content, UTF_8);
        for (String word : words) {
            Claim.that(!shown.contains(word) || file.contains(word), "what is shown is for people", shown);
        }
    }

    /** A shipped example with lines removed, doubled, indented, given other values, and lines of the input's own. */
    private static String changed(List<String> example, FuzzInput input) {
        List<String> lines = new ArrayList<>(example);
        String[] changes = input.text().split("\n", 50);
        for (String change : changes) {
            FuzzInput edit = new FuzzInput(change.getBytes(UTF_8));
            int way = edit.choose(6);
            int at = edit.choose(lines.size());
            String line = lines.get(at);
            String rest = edit.text();
            switch (way) {
                case 0 -> lines.set(at, line.substring(0, line.indexOf(':') + 1) + " " + rest);
                case 1 -> lines.add(at, rest);
                case 2 -> lines.set(at, rest + line);
                case 3 -> lines.set(at, line + rest);
                case 4 -> lines.add(at, line);
                default -> lines.set(at, line.strip());
            }
        }
        return String.join("\n", lines);
    }

    /** A text many times over: what grows with its depth or length shows. */
    private static String repeated(FuzzInput input) {
        int times = 1 + input.below(4096);
        String text = input.text();
        int middle = text.length() / 2;
        return text.substring(0, middle).repeat(times) + text.substring(middle).repeat(times);
    }

    private static List<String> example(String name) {
        try {
            return Files.readAllLines(Path.of("conf", name)).stream()
                    .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("mailsonar-fuzz");
            return ConfigDirectory.in(directory).path();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
