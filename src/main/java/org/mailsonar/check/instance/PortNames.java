package org.mailsonar.check.instance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The numbers of named TCP ports, as servers' configuration files write them. */
final class PortNames {

    private static final int MOST_LINES = 50_000;

    private final Map<String, Integer> ports;

    private PortNames(Map<String, Integer> ports) {
        this.ports = ports;
    }

    /** Those that mail needs, and those of this machine's {@code /etc/services} where there is one. */
    static PortNames ofThisMachine() {
        Map<String, Integer> ports = new HashMap<>(Map.of(
                "smtp",
                25,
                "mail",
                25,
                "submission",
                587,
                "smtps",
                465,
                "submissions",
                465,
                "ssmtp",
                465,
                "imap2",
                143));
        try (BufferedReader services = Files.newBufferedReader(Path.of("/etc/services"), StandardCharsets.ISO_8859_1)) {
            services.lines().limit(MOST_LINES).forEach(line -> add(ports, line));
        } catch (IOException none) {
            // those above have to do
        }
        return new PortNames(ports);
    }

    private static void add(Map<String, Integer> ports, String line) {
        String[] words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
        if (words.length < 2 || !words[1].endsWith("/tcp")) {
            return;
        }
        OptionalInt port = number(words[1].substring(0, words[1].length() - 4));
        for (int i = 0; port.isPresent() && i < words.length; i++) {
            if (i != 1) {
                ports.put(words[i].toLowerCase(Locale.ROOT), port.getAsInt());
            }
        }
    }

    /** The port of a name or of a number; empty where there is none. */
    OptionalInt port(String text) {
        Integer known = ports.get(text.toLowerCase(Locale.ROOT));
        return known == null ? number(text) : OptionalInt.of(known);
    }

    /** A port, 1 to 65535; empty where the text is none. */
    static OptionalInt number(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }
}
