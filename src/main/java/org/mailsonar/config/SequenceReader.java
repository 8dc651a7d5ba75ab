package org.mailsonar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.Site;

/**
 * Reads {@code sequence.cfg} as the old site monitor has it, one run a line: {@code <minute> DMSG -u <store> -s <MTA> -p <proxy>}. The minute
 * is one of the hour, 0 to 59. What stands behind {@code #} is for people, and so is an empty line. A line with a mistake is told by its
 * number, and all others hold.
 */
public final class SequenceReader {

    private static final String FORM =
            "write for example: 5 DMSG -u store1 -s mta1 -p mmp1 (minute of the hour, store, MTA, proxy)";
    private static final int MINUTES = 60;

    private final Path file;
    private final Set<org.mailsonar.site.Path> known;
    private final Site site;

    private SequenceReader(Path file, Site site) {
        this.file = file;
        this.site = site;
        this.known = new HashSet<>(site.paths());
    }

    /**
     * Reads a file.
     *
     * @param site has the machines that it names
     * @return the runs, and what is wrong with lines that name none or name what the site has not
     * @throws ConfigException when it cannot be read, or no line of it is good
     */
    public static Sequence read(Path file, Site site) throws ConfigException {
        return new SequenceReader(file, site).read();
    }

    private Sequence read() throws ConfigException {
        List<PathPlan.Slot> slots = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        ConfigException first = null;
        int number = 0;
        for (String line : ConfigText.read(file).lines().toList()) {
            number++;
            int comment = line.indexOf('#');
            String said = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!said.isEmpty()) {
                try {
                    slots.add(slot(number, said.split("\\s+")));
                } catch (ConfigException wrong) {
                    first = first == null ? wrong : first;
                    mistakes.add(String.valueOf(wrong.getMessage()));
                }
            }
        }
        if (slots.isEmpty()) {
            throw first != null ? first : ConfigException.at(file, 1, "", "the file has no runs; " + FORM);
        }
        return new Sequence(new PathPlan(slots, MINUTES), mistakes);
    }

    private PathPlan.Slot slot(int line, String[] words) throws ConfigException {
        if (words.length < 2 || !words[0].matches("[0-9]{1,4}") || Integer.parseInt(words[0]) >= MINUTES) {
            throw error(line, "'" + words[0] + "' is no minute of the hour, 0 to 59; " + FORM);
        }
        if (!words[1].equals("DMSG")) {
            throw error(line, "'" + words[1] + "' is not known here, only DMSG is; " + FORM);
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 2; i < words.length; i += 2) {
            if (!List.of("-u", "-s", "-p").contains(words[i])) {
                throw error(line, "'" + words[i] + "' is not understood; " + FORM);
            }
            if (i + 1 == words.length || words[i + 1].startsWith("-")) {
                throw error(line, words[i] + " has no name behind it; " + FORM);
            }
            if (options.put(words[i], words[i + 1]) != null) {
                throw error(line, words[i] + " is there twice; " + FORM);
            }
        }
        return new PathPlan.Slot(Integer.parseInt(words[0]), path(line, options));
    }

    private org.mailsonar.site.Path path(int line, Map<String, String> options) throws ConfigException {
        String store = named(
                line,
                options,
                "-u",
                "store",
                known.stream().map(org.mailsonar.site.Path::store).toList());
        String mta = named(
                line,
                options,
                "-s",
                "MTA",
                known.stream().map(org.mailsonar.site.Path::mta).toList());
        if (site.proxies().isEmpty()) {
            options.putIfAbsent("-p", store);
        }
        String proxy = named(
                line,
                options,
                "-p",
                "proxy",
                known.stream().map(org.mailsonar.site.Path::proxy).toList());
        var path = new org.mailsonar.site.Path(store, mta, proxy);
        if (!known.contains(path)) {
            throw error(line, "the site has no path " + path + "; see its stores and proxies");
        }
        return path;
    }

    private String named(int line, Map<String, String> options, String option, String kind, List<String> machines)
            throws ConfigException {
        String name = options.get(option);
        if (name == null) {
            throw error(line, "no " + kind + " is named; " + FORM);
        }
        if (!machines.contains(name)) {
            throw error(
                    line,
                    "the site has no " + kind + " '" + name + "'; it has "
                            + String.join(
                                    ", ", machines.stream().distinct().sorted().toList()));
        }
        return name;
    }

    private ConfigException error(int line, String what) {
        return ConfigException.at(file, line, "", what);
    }
}
