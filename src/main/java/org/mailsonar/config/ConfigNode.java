package org.mailsonar.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * One value in a configuration file, with the place where it stands.
 *
 * @param file the file
 * @param key the way to it from the top, as {@code trust[0].key}; empty for the top itself
 * @param node the value
 */
record ConfigNode(Path file, String key, Node node) {

    private static final int LONGEST_FILE = 4 * 1024 * 1024;

    /** Something that reads a text and says in an {@link IllegalArgumentException} what is wrong with it. */
    interface TextReader<T> extends Function<String, T> {}

    /** The top of a file. */
    static ConfigNode read(Path file) throws ConfigException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setSchema(
                        new FailsafeSchema()) // all values are text here; a schema that guesses types is slow to load
                .setCodePointLimit(LONGEST_FILE)
                .build();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Node top = new Compose(settings).composeReader(reader).orElse(null);
            if (top == null) {
                throw ConfigException.at(file, 1, "", "the file is empty; see the examples under conf/");
            }
            return new ConfigNode(file, "", top);
        } catch (NoSuchFileException missing) {
            throw new ConfigException(file + ": there is no such file; name one with --config");
        } catch (IOException unreadable) {
            throw new ConfigException(file + ": cannot be read (" + unreadable + ")");
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw ConfigException.at(file, line, "", "this is not YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            throw new ConfigException(file + ": this is not YAML: " + oneLine(broken));
        }
    }

    /** The line on which the value begins, from 1. */
    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** A complaint about this value. */
    ConfigException error(String whatAndRemedy) {
        return ConfigException.at(file, line(), key, whatAndRemedy);
    }

    /** The value as a mapping that may have these keys and no others. */
    ConfigSection section(String... knownKeys) throws ConfigException {
        if (node instanceof MappingNode mapping) {
            return ConfigSection.of(this, mapping, List.of(knownKeys));
        }
        throw error("here belong 'key: value' lines, with the keys " + String.join(", ", knownKeys));
    }

    /** Whether the value is a mapping. */
    boolean isSection() {
        return node instanceof MappingNode;
    }

    /** The value as a list. */
    List<ConfigNode> list() throws ConfigException {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("here belongs a list: [one, two], or lines that begin with '- '");
        }
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new ConfigNode(file, key + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** The value as text; an empty one is an error. */
    String text() throws ConfigException {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw error("here belongs a single value");
    }

    /** The value as whatever the reader makes of its text. */
    <T> T as(TextReader<T> reader) throws ConfigException {
        String text = text();
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw error(String.valueOf(wrong.getMessage()));
        }
    }

    /** The value as a list of whatever the reader makes of each text. */
    <T> List<T> listOf(TextReader<T> reader) throws ConfigException {
        List<T> values = new ArrayList<>();
        for (ConfigNode item : list()) {
            values.add(item.as(reader));
        }
        return values;
    }

    /** The value as a path; a relative one is relative to the directory of this file. */
    Path path() throws ConfigException {
        Path directory = file.toAbsolutePath().getParent();
        Path path = as(text -> Path.of(text));
        return directory == null ? path : directory.resolve(path).normalize();
    }

    private static String oneLine(Exception broken) {
        return String.valueOf(broken.getMessage()).lines().findFirst().orElse("unreadable");
    }
}
