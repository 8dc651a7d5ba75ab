package org.mailsonar.check.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One inet service of a Postfix instance that takes mail by SMTP.
 *
 * @param name as master.cf has it: {@code smtp}, {@code 127.0.0.1:2525}, {@code [::1]:submission}
 * @param wrapped whether TLS comes first ({@code smtpd_tls_wrappermode=yes}), so that nothing is greeted in clear text
 */
record PostfixService(String name, boolean wrapped) {

    private static final Set<String> TAKE_MAIL = Set.of("smtpd", "postscreen");
    /** {@code #smtp      inet  n       -       y       -       -       smtpd}: the name and the program. */
    private static final Pattern LINE =
            Pattern.compile("^#*[ \\t]*(\\S{1,200})\\s+inet(?:\\s+[-nyYN\\d?]{1,9}){5}\\s+(\\w+)\\b.*$");

    private static final String QUIT = "QUIT\r\n";

    /**
     * Those in the output of {@code postconf -M}, one service on each line: name, type, private, unprivileged, chroot, wake-up, most
     * processes, command and its arguments.
     *
     * @param disabled what {@code master_service_disable} says: {@code inet}, {@code smtp.inet}
     */
    static List<PostfixService> parse(String output, String disabled) {
        List<String> off = List.of(disabled.strip().split("[\\s,]+", -1));
        List<PostfixService> services = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", 9);
            if (words.length < 8 || words[0].startsWith("#") || !words[1].equals("inet")) {
                continue;
            }
            String arguments = words.length > 8 ? words[8] : "";
            if (TAKE_MAIL.contains(words[7]) && !off.contains("inet") && !off.contains(words[0] + ".inet")) {
                services.add(new PostfixService(
                        words[0],
                        words[0].endsWith("smtps")
                                || words[0].endsWith("submissions")
                                || arguments.matches(".*smtpd_tls_wrappermode\\s*=\\s*yes.*")));
            }
        }
        return services;
    }

    /** Whether it is where mail from elsewhere comes in (RFC 5321 §4.5.4.2), at any address. */
    boolean isPort25() {
        return isPort25(name);
    }

    private static boolean isPort25(String name) {
        String port = name.endsWith("]") ? name : name.substring(name.lastIndexOf(':') + 1);
        return port.equals("smtp") || port.equals("25");
    }

    /**
     * The first service on port 25 in a master.cf (master(5)) that takes mail, commented out or not; for one in which none is on.
     *
     * @return its name
     */
    static Optional<String> switchedOff(String table) {
        for (String line : table.split("\n", -1)) {
            Matcher service = LINE.matcher(line);
            if (service.matches() && isPort25(service.group(1)) && TAKE_MAIL.contains(service.group(2))) {
                return Optional.of(service.group(1));
            }
        }
        return Optional.empty();
    }

    /**
     * Where it listens.
     *
     * @param interfaces what {@code inet_interfaces} says, for a service that names no address itself
     * @return null where the port's name is unknown
     */
    @Nullable
    Listener listener(String interfaces, PortNames names) {
        int colon = name.endsWith("]") ? -1 : name.lastIndexOf(':');
        String host = colon > 0 ? name.substring(0, colon) : first(interfaces);
        OptionalInt port = names.port(name.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return port.isEmpty() ? null : new Listener(host, port.getAsInt(), wrapped ? List.of() : List.of("220"), QUIT);
    }

    private static String first(String interfaces) {
        for (String word : interfaces.strip().split("[\\s,]+", -1)) {
            if (!word.isEmpty() && !word.startsWith("!")) {
                return switch (word) {
                    case "all", "loopback-only", "localhost" -> "127.0.0.1";
                    default -> word;
                };
            }
        }
        return "127.0.0.1";
    }
}
