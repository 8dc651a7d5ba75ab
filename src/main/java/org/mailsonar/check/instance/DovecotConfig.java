package org.mailsonar.check.instance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What {@code doveconf} prints of a whole configuration: {@code key = value} lines, and blocks of them in braces.
 *
 * @param settings those outside of blocks
 * @param listeners where services that are enabled take connections: their inet listeners, and LMTP's socket
 */
record DovecotConfig(Map<String, String> settings, List<Place> listeners) {

    /** Which services speak to clients, and the protocol that has to be enabled for each. */
    private static final Map<String, String> SERVICES =
            Map.of("imap-login", "imap", "pop3-login", "pop3", "lmtp", "lmtp", "submission-login", "submission");

    /** A listener: its name, where (port 0 for a socket in the file system), and whether TLS comes first. */
    record Place(String service, String name, List<String> addresses, int port, boolean tls) {

        Listener listener() {
            String address = addresses.isEmpty() ? "*" : addresses.getFirst();
            String host = switch (address) {
                case "*", "0.0.0.0" -> "127.0.0.1";
                case "::", "[::]" -> "::1";
                default -> address.replaceAll("[\\[\\]]", "");
            };
            String protocol = SERVICES.getOrDefault(service, "");
            // RFC 3501 §7.1: BYE as a greeting means that it does not take the connection.
            List<String> greetings = switch (protocol) {
                case "imap" -> List.of("* OK", "* PREAUTH");
                case "pop3" -> List.of("+OK");
                default -> List.of("220");
            };
            String goodbye = protocol.equals("imap") ? "x LOGOUT\r\n" : "QUIT\r\n";
            return new Listener(host, port, tls ? List.of() : greetings, goodbye);
        }

        InstanceProtocol protocol() {
            return InstanceProtocol.of(SERVICES.getOrDefault(service, ""));
        }
    }

    /** Reads it; what is not understood is passed over, since much of it is of no interest here. */
    static DovecotConfig parse(String output) {
        Map<String, String> settings = new HashMap<>();
        List<Map<String, String>> blocks = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>();
        Map<String, String> block = new HashMap<>();
        String service = "";
        for (String raw : output.split("\n", -1)) {
            String line = raw.strip();
            if (line.endsWith("{")) {
                open.push(line.substring(0, line.length() - 1).strip());
                service = open.size() == 1 ? open.getFirst() : service;
                block = new HashMap<>(Map.of("service", service, "block", open.getFirst()));
            } else if (line.equals("}") && !open.isEmpty()) {
                if (open.size() == 2 && open.getFirst().contains("_listener ")) {
                    blocks.add(block);
                }
                open.pop();
            } else if (line.indexOf('=') > 0) {
                int equals = line.indexOf('=');
                (open.isEmpty() ? settings : block)
                        .put(
                                line.substring(0, equals).strip(),
                                unquoted(line.substring(equals + 1).strip()));
            }
        }
        return new DovecotConfig(settings, enabled(settings, blocks));
    }

    private static List<Place> enabled(Map<String, String> settings, List<Map<String, String>> blocks) {
        List<String> protocols = words(settings.getOrDefault("protocols", ""));
        boolean noTls = settings.getOrDefault("ssl", "yes").equals("no");
        List<Place> places = new ArrayList<>();
        for (Map<String, String> block : blocks) {
            String service = block.getOrDefault("service", "").replaceFirst("^service ", "");
            boolean tls = block.getOrDefault("ssl", "no").equals("yes");
            // Port 0 is how a listener is switched off.
            OptionalInt port = PortNames.number(block.getOrDefault("port", "0"));
            String name = block.getOrDefault("block", "").replaceFirst("^\\w+ ", "");
            if (block.getOrDefault("block", "").equals("unix_listener lmtp") && protocols.contains("lmtp")) {
                String base = settings.getOrDefault("base_dir", "/run/dovecot");
                places.add(new Place(service, name + " (socket)", List.of(base + "/lmtp"), 0, false));
            }
            if (port.isPresent() && protocols.contains(SERVICES.getOrDefault(service, "-")) && !(tls && noTls)) {
                String own = block.getOrDefault("address", "");
                places.add(new Place(
                        service,
                        name,
                        words(own.isEmpty() ? settings.getOrDefault("listen", "*") : own),
                        port.getAsInt(),
                        tls));
            }
        }
        return List.copyOf(places);
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("[\\s,]+", -1));
    }

    /** A value that begins with a blank is printed in quotes. */
    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).strip()
                : value;
    }
}
