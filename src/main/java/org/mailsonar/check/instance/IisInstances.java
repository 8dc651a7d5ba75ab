package org.mailsonar.check.instance;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Sites and application pools of IIS, as {@code appcmd list site} and {@code appcmd list apppool} tell them. A site with FTP and HTTP bindings
 * is two: appcmd knows the state of its web part alone, and says {@code Unknown} where there is none. So the FTP part runs when it greets, and
 * nothing is known that would start it.
 */
final class IisInstances implements InstanceSource {

    private static final String NAME = "iis";

    /** {@code SITE "Default Web Site" (id:1,bindings:http/*:80:,state:Started)}; a name may hold anything but line ends. */
    private static final Pattern LINE = Pattern.compile(
            "^\\s*(SITE|APPPOOL)\\s+\"(.*)\"\\s+\\((.*?),\\s*state:(\\w*)\\)\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern BINDINGS = Pattern.compile("bindings:(.*)$");

    /** {@code ftp/*:21:}, {@code ftp/192.0.2.1:2121:files}, {@code ftp/[::1]:21:}. */
    private static final Pattern FTP =
            Pattern.compile("ftp/(\\*|[0-9.]+|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5}):.*", Pattern.CASE_INSENSITIVE);

    /** What it could not do, such as a site with more bindings than it has room for; the rest of the list is missing then. */
    private static final Pattern ERROR = Pattern.compile("(?m)^\\s*ERROR \\(([^)]*)");

    /** FTP with TLS from the start, so nothing is said in clear. */
    private static final int FTPS = 990;

    private final Programs programs;
    private final Duration limit;
    private final String appcmd;

    IisInstances(Programs programs, Duration limit) {
        this.programs = programs;
        this.limit = limit;
        String windows = System.getenv("windir");
        this.appcmd = (windows == null ? "C:\\Windows" : windows) + "\\System32\\inetsrv\\appcmd.exe";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isHere() {
        return File.separatorChar == '\\' && programs.find(appcmd).isPresent();
    }

    @Override
    public Found look() throws InterruptedException {
        if (File.separatorChar != '\\') {
            return Found.trouble("iis: this machine does not run Windows");
        }
        List<Instance> instances = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (String what : List.of("site", "apppool")) {
            switch (programs.run(List.of(appcmd, "list", what), limit)) {
                case Ran.NotRun(String why) -> troubles.add("iis: " + why);
                case Ran.Ended ended -> {
                    wrong(ended).ifPresent(words -> troubles.add("iis: appcmd list " + what + " " + words));
                    instances.addAll(parse(ended.output(), appcmd, listener -> listener.ask(limit)));
                }
            }
        }
        return new Found(instances, troubles);
    }

    /** What went wrong, with a remedy; it ends with 1 and says nothing where there is none of the kind. */
    static Optional<String> wrong(Ran.Ended ended) {
        Matcher error = ERROR.matcher(ended.output());
        if (error.find()) {
            return Optional.of("said: " + error.group(1).strip().replaceAll("\\s+", " ")
                    + "; others may be missing, run it as an administrator and see what it says");
        }
        boolean silent = ended.complaint().isEmpty() && ended.output().isBlank();
        return ended.status() == 0 || silent
                ? Optional.empty()
                : Optional.of(ended.told() + "; run it as an administrator");
    }

    /**
     * Reads both lists.
     *
     * @param ask looks whether somebody answers at a place
     */
    static List<Instance> parse(String output, String appcmd, Function<Listener, Listener.Answer> ask) {
        List<Instance> instances = new ArrayList<>();
        for (String line : output.split("\\R", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && matcher.group(1).equalsIgnoreCase("SITE")) {
                for (InstanceProtocol protocol : protocols(matcher.group(3))) {
                    instances.add(
                            protocol == InstanceProtocol.FTP
                                    ? ftp(matcher.group(2), bindings(matcher.group(3)), ask)
                                    : started(appcmd, "site", matcher, protocol));
                }
            } else if (matcher.matches()) {
                instances.add(started(appcmd, "apppool", matcher, InstanceProtocol.WWW));
            }
        }
        return instances;
    }

    /** One whose state appcmd knows. */
    private static Instance started(String appcmd, String object, Matcher line, InstanceProtocol protocol) {
        boolean site = object.equals("site");
        InstanceState state = state(line.group(4));
        String detail = site ? bindings(line.group(3)) : "";
        boolean unknown = state == InstanceState.UNKNOWN;
        return new Instance(
                NAME,
                (site ? "" : "pool ") + line.group(2),
                protocol,
                state,
                unknown ? (detail + " (none is known while the services WAS and W3SVC are stopped)").strip() : detail,
                true,
                state == InstanceState.STOPPED
                        ? List.of(appcmd, "start", object, "/" + object + ".name:" + line.group(2))
                        : List.of());
    }

    private static Instance ftp(String name, String bindings, Function<Listener, Listener.Answer> ask) {
        Listener.Answer answer = new Listener.Answer(InstanceState.UNKNOWN, "where it listens is not understood");
        for (String binding : bindings.split(",", -1)) {
            Matcher place = FTP.matcher(binding);
            OptionalInt port = place.matches() ? PortNames.number(place.group(2)) : OptionalInt.empty();
            if (port.isPresent()) {
                String host = place.group(1).equals("*")
                        ? "127.0.0.1"
                        : place.group(1).replaceAll("[\\[\\]]", "");
                List<String> greetings = port.getAsInt() == FTPS ? List.of() : List.of("220");
                answer = ask.apply(new Listener(host, port.getAsInt(), greetings, "QUIT\r\n"));
                break;
            }
        }
        String detail = bindings + (answer.words().isEmpty() ? "" : ", " + answer.words());
        return new Instance(NAME, name, InstanceProtocol.FTP, answer.state(), detail, true, List.of());
    }

    private static String bindings(String facts) {
        Matcher matcher = BINDINGS.matcher(facts);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static Set<InstanceProtocol> protocols(String facts) {
        Set<InstanceProtocol> protocols = new LinkedHashSet<>();
        for (String binding : bindings(facts).split(",", -1)) {
            protocols.add(InstanceProtocol.of(binding.replaceFirst("/.*", "")));
        }
        // Others, such as net.tcp, stand beside the web's.
        protocols.remove(InstanceProtocol.OTHER);
        if (protocols.isEmpty()) {
            protocols.add(InstanceProtocol.WWW);
        }
        return protocols;
    }

    private static InstanceState state(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "started" -> InstanceState.RUNNING;
            case "starting" -> InstanceState.STARTING;
            case "stopping" -> InstanceState.STOPPING;
            case "stopped" -> InstanceState.STOPPED;
            default -> InstanceState.UNKNOWN;
        };
    }
}
