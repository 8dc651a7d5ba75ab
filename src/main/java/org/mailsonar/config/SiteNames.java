package org.mailsonar.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of a site's machines: each is there once, and what mentions one of them means one of the right kind. */
final class SiteNames {

    /** What each name is for. */
    private final Map<String, String> names = new LinkedHashMap<>();

    /** The names of a list's machines, each of which is new. */
    List<String> of(@Nullable ConfigNode list, String kind, String... keys) throws ConfigException {
        List<String> found = new ArrayList<>();
        for (ConfigNode item : list == null ? List.<ConfigNode>of() : list.list()) {
            ConfigNode name = item.section(keys).required("name", kind.equals("store") ? "store1" : "mta1");
            String text = name.as(SiteNames::machineName);
            String other = names.put(text, kind);
            if (other != null) {
                throw name.error("there is " + article(other) + " of this name already; give one of them another name");
            }
            found.add(text);
        }
        if (list != null && found.isEmpty() && !kind.equals("proxy") && !kind.equals("directory server")) {
            throw list.error("there is no " + kind + "; name at least one");
        }
        return List.copyOf(found);
    }

    /** The names in a list that are of this kind, or all of the kind where there is no list. */
    List<String> chosen(@Nullable ConfigNode list, String kind, List<String> known, List<String> otherwise)
            throws ConfigException {
        if (list == null) {
            return otherwise;
        }
        List<String> chosen = new ArrayList<>();
        for (ConfigNode item : list.list()) {
            String name = item.text();
            String is = names.get(name);
            if (!known.contains(name)) {
                throw item.error(
                        is == null
                                ? "there is no " + kind + " '" + name + "' in this file"
                                        + (known.isEmpty() ? "" : "; it has " + String.join(", ", known))
                                : "'" + name + "' is " + article(is) + ", and here belongs " + article(kind));
            }
            chosen.add(name);
        }
        return chosen;
    }

    private static String article(String kind) {
        return (kind.equals("MTA") ? "an " : "a ") + kind;
    }

    private static String machineName(String text) {
        boolean good = text.length() <= 40 && text.chars().allMatch(c -> c > ' ' && c < 127 && "'\"#,".indexOf(c) < 0);
        if (!good) {
            throw new IllegalArgumentException(
                    "a machine's name is one word of at most 40 letters, digits and signs, such as mta1");
        }
        return text;
    }
}
