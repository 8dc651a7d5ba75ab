package org.mailsonar.check.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Units of systemd that were made from a template, one for each instance: {@code postfix@out.service}. {@code systemctl list-units --all}
 * tells of all that are loaded, which those that are enabled, or wanted by others, always are. One that somebody started by hand and that
 * ended well is forgotten by systemd itself.
 */
final class SystemdInstances implements InstanceSource {

    private static final String NAME = "systemd";
    private static final String NOT_BOOTED = "not been booted with systemd";
    private static final String SERVICE = ".service";

    /** What sd_booted(3) looks at. */
    private static final Path RUNNING = Path.of("/run/systemd/system");

    /**
     * What systemd calls the instance that it makes for one connection of a socket with {@code Accept=yes} (systemd.socket(5)): its number,
     * then both ends, or the process and the user at the other one. It says nothing of the server that it has ended, or failed.
     */
    private static final Pattern CONNECTION = Pattern.compile("\\d+-(?:.+:\\d+-.+:\\d+|\\d+(?:_\\d+)?-\\d+|unknown)");

    private static final Map<String, InstanceProtocol> TEMPLATES = Map.ofEntries(
            Map.entry("postfix", InstanceProtocol.SMTP),
            Map.entry("exim", InstanceProtocol.SMTP),
            Map.entry("exim4", InstanceProtocol.SMTP),
            Map.entry("opensmtpd", InstanceProtocol.SMTP),
            Map.entry("smtpd", InstanceProtocol.SMTP),
            Map.entry("sendmail", InstanceProtocol.SMTP),
            Map.entry("dovecot", InstanceProtocol.IMAP4),
            Map.entry("cyrus-imapd", InstanceProtocol.IMAP4),
            Map.entry("inn2", InstanceProtocol.NNTP),
            Map.entry("innd", InstanceProtocol.NNTP),
            Map.entry("vsftpd", InstanceProtocol.FTP),
            Map.entry("proftpd", InstanceProtocol.FTP),
            Map.entry("slapd", InstanceProtocol.LDAP),
            Map.entry("nginx", InstanceProtocol.WWW),
            Map.entry("apache2", InstanceProtocol.WWW),
            Map.entry("httpd", InstanceProtocol.WWW));

    private final Programs programs;
    private final Duration limit;

    SystemdInstances(Programs programs, Duration limit) {
        this.programs = programs;
        this.limit = limit;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isHere() {
        return Files.isDirectory(RUNNING) && programs.find("systemctl").isPresent();
    }

    @Override
    public Found look() throws InterruptedException {
        // Without --full older ones shorten names, also where nobody's terminal is too narrow.
        List<String> command = new ArrayList<>(List.of(
                "systemctl",
                "list-units",
                "--all",
                "--full",
                "--type=service",
                "--plain",
                "--no-legend",
                "--no-pager"));
        TEMPLATES.keySet().stream().sorted().forEach(template -> command.add(template + "@*"));
        return switch (programs.run(command, limit)) {
            case Ran.NotRun(String why) -> Found.trouble("systemd: " + why);
            case Ran.Ended ended
            when ended.status() != 0 ->
                Found.trouble("systemd: systemctl list-units " + ended.told()
                        + (ended.complaint().contains(NOT_BOOTED) ? "; leave systemd out of --source" : ""));
            case Ran.Ended ended -> new Found(parse(ended.output()), List.of());
        };
    }

    /**
     * Reads lines of unit, load, active, sub, perhaps job, description; a mark before the unit, which older ones print, is passed over.
     */
    static List<Instance> parse(String output) {
        List<Instance> instances = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            String[] words = line.replaceFirst("^[^A-Za-z0-9]+", "").strip().split("\\s+", 5);
            if (words.length < 4 || !words[0].endsWith(SERVICE) || words[0].indexOf('@') < 1) {
                continue;
            }
            String unit = words[0].substring(0, words[0].length() - SERVICE.length());
            InstanceProtocol protocol = TEMPLATES.get(unit.substring(0, unit.indexOf('@')));
            boolean connection =
                    CONNECTION.matcher(unit.substring(unit.indexOf('@') + 1)).matches();
            if (protocol != null && !connection && !words[1].equals("not-found")) {
                instances.add(instance(unit, words, protocol));
            }
        }
        return instances;
    }

    private static Instance instance(String unit, String[] words, InstanceProtocol protocol) {
        boolean masked = words[1].equals("masked");
        InstanceState state = state(words[2]);
        return new Instance(
                NAME,
                unit,
                protocol,
                state,
                words[2] + " (" + words[3] + ")" + (words[1].equals("loaded") ? "" : ", " + words[1]),
                !masked,
                state == InstanceState.STOPPED && !masked
                        ? List.of("systemctl", "--no-ask-password", "start", unit + SERVICE)
                        : List.of());
    }

    private static InstanceState state(String active) {
        return switch (active) {
            case "active", "reloading", "refreshing" -> InstanceState.RUNNING;
            case "activating" -> InstanceState.STARTING;
            case "deactivating" -> InstanceState.STOPPING;
            case "inactive", "failed" -> InstanceState.STOPPED;
            default -> InstanceState.UNKNOWN;
        };
    }
}
