package org.mailsonar.check.instance;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/** Sites and application pools of IIS, as {@code appcmd list site} and {@code appcmd list apppool} tell them; a site with FTP and HTTP bindings is two. */
final class IisInstances implements InstanceSource {

    private static final String NAME = "iis";

    /** {@code SITE "Default Web Site" (id:1,bindings:http/*:80:,state:Started)}; a name may hold anything but line ends. */
    private static final Pattern LINE = Pattern.compile(
            "^\\s*(SITE|APPPOOL)\\s+\"(.*)\"\\s+\\((.*?),\\s*state:(\\w*)\\)\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern BINDINGS = Pattern.compile("bindings:(.*)$");

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
                // It ends with 1 where there is none.
                case Ran.Ended ended
                when ended.status() != 0 && !ended.complaint().isEmpty() ->
                    troubles.add("iis: appcmd list " + what + " " + ended.told() + "; run it as an administrator");
                case Ran.Ended ended -> instances.addAll(parse(ended.output(), appcmd));
            }
        }
        return new Found(instances, troubles);
    }

    /** Reads both lists. */
    static List<Instance> parse(String output, String appcmd) {
        List<Instance> instances = new ArrayList<>();
        for (String line : output.split("\\R", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                boolean site = matcher.group(1).equalsIgnoreCase("SITE");
                String object = site ? "site" : "apppool";
                InstanceState state = state(matcher.group(4));
                List<String> start = state == InstanceState.STOPPED
                        ? List.of(appcmd, "start", object, "/" + object + ".name:" + matcher.group(2))
                        : List.of();
                for (InstanceProtocol protocol : site ? protocols(matcher.group(3)) : Set.of(InstanceProtocol.WWW)) {
                    instances.add(new Instance(
                            NAME,
                            (site ? "" : "pool ") + matcher.group(2),
                            protocol,
                            state,
                            site ? bindings(matcher.group(3)) : "",
                            true,
                            start));
                }
            }
        }
        return instances;
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
