package org.mailsonar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
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
 * @param parts gets the files that the whole is made of
 */
record ConfigNode(Path file, String key, Node node, List<Path> parts) {

    /** Something that reads a text and says in an {@link IllegalArgumentException} what is wrong with it. */
    interface TextReader<T> extends Function<String, T> {}

    /** The top of a file. */
    static ConfigNode read(Path file) throws ConfigException {
        return read(file, new ArrayList<>());
    }

    /** The same; the file, and each that a {@link #part} names, is added to the list. */
    static ConfigNode read(Path file, List<Path> parts) throws ConfigException {
        parts.add(file);
        String text = ConfigText.read(file);
        try {
            // All values are text here; a schema that guesses their types is slow to load.
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setSchema(new FailsafeSchema())
                    .setCodePointLimit(ConfigText.LONGEST)
                    .build();
            Node top = new Compose(settings).composeString(text).orElse(null);
            if (top == null) {
                throw ConfigException.at(file, 1, "", "the file is empty; see the examples under conf/");
            }
            return new ConfigNode(file, "", top, parts);
        } catch (MarkedYamlEngineException broken) {
            throw notYaml(file, broken);
        } catch (ReaderException character) {
            throw ConfigException.at(
                    file,
                    ConfigText.line(text, character.getPosition()),
                    "",
                    String.format(
                            Locale.ROOT,
                            "here is the control character U+%04X; remove it, or write it as an escape in double quotes",
                            character.getCodePoint()));
        } catch (YamlEngineException broken) {
            throw ConfigException.at(file, 1, "", "this cannot be read as YAML: " + broken.getMessage());
        } catch (StackOverflowError nested) {
            throw ConfigException.at(file, 1, "", "lists or sections are nested thousands deep; no key needs that");
        }
    }

    private static ConfigException notYaml(Path file, MarkedYamlEngineException broken) {
        int line = broken.getProblemMark().map(ConfigNode::line).orElse(1);
        int begun = broken.getContextMark().map(ConfigNode::line).orElse(line);
        String context = begun == line ? "" : ", " + broken.getContext() + " that began on line " + begun;
        return ConfigException.at(
                file,
                line,
                "",
                "this is not YAML: "
                        + String.valueOf(broken.getProblem()).strip().replaceFirst("^but ", "") + context);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    /** The line on which the value begins, from 1. */
    int line() {
        return node.getStartMark().map(ConfigNode::line).orElse(1);
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
            items.add(new ConfigNode(file, key + "[" + items.size() + "]", item, parts));
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

    /** Makes something of what stands in this value; what is wrong with that is told of this place. */
    <T> T check(Supplier<T> maker) throws ConfigException {
        try {
            return maker.get();
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
        return resolve(as(text -> Path.of(text)));
    }

    /** The same, of a file whose content is part of the configuration: a key, a password, a certificate. */
    Path part() throws ConfigException {
        return part(as(text -> Path.of(text)));
    }

    /** Likewise, of a path that stands somewhere in this value. */
    Path part(Path path) {
        Path resolved = resolve(path);
        parts.add(resolved);
        return resolved;
    }

    /** A path that stands somewhere in this value, likewise. */
    Path resolve(Path path) {
        Path directory = file.toAbsolutePath().getParent();
        return directory == null ? path : directory.resolve(path).normalize();
    }
}
