package org.mailsonar.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The {@code key: value} lines of one place in a configuration file, each key known and there at most once. */
final class ConfigSection {

    private final ConfigNode place;
    private final Map<String, ConfigNode> values;

    private ConfigSection(ConfigNode place, Map<String, ConfigNode> values) {
        this.place = place;
        this.values = values;
    }

    static ConfigSection of(ConfigNode place, MappingNode mapping, List<String> knownKeys) throws ConfigException {
        Map<String, ConfigNode> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String way = place.key().isEmpty() ? name : place.key() + "." + name;
            ConfigNode key = new ConfigNode(place.file(), way, tuple.getKeyNode(), place.parts());
            if (!knownKeys.contains(name)) {
                throw key.error("there is no such key" + suggestion(name, knownKeys) + "; known here: "
                        + String.join(", ", knownKeys));
            }
            if (values.put(name, new ConfigNode(place.file(), way, tuple.getValueNode(), place.parts())) != null) {
                throw key.error("this key is here twice; leave one of them");
            }
        }
        return new ConfigSection(place, values);
    }

    /** The value of a key that must be there. */
    ConfigNode required(String key, String example) throws ConfigException {
        ConfigNode value = values.get(key);
        if (value == null) {
            throw place.error("the key '" + key + "' is missing; add for example: " + key + ": " + example);
        }
        return value;
    }

    /** The value of a key, or null where it is not there. */
    @Nullable
    ConfigNode optional(String key) {
        return values.get(key);
    }

    /** What the reader makes of a key's value, or a default where the key is not there. */
    <T> T optional(String key, ConfigNode.TextReader<T> reader, T otherwise) throws ConfigException {
        ConfigNode value = values.get(key);
        return value == null ? otherwise : value.as(reader);
    }

    /** The place of the section itself. */
    ConfigNode place() {
        return place;
    }

    private static String suggestion(String name, List<String> knownKeys) {
        String nearest = "";
        int best = Math.max(1, name.length() / 3) + 1;
        for (String known : knownKeys) {
            int distance = distance(name, known);
            if (distance < best) {
                best = distance;
                nearest = known;
            }
        }
        return nearest.isEmpty() ? "" : ", did you mean '" + nearest + "'?";
    }

    /** Levenshtein's distance, letter case not counted. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                int next = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[other.length()];
    }
}
