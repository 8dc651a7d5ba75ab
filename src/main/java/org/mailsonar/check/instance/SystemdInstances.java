package org.mailsonar.check.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Units of systemd that were made from a template, one for each instance: {@code postfix@out.service}. {@code systemctl list-units --all}
 * tells of all that are loaded, which those that are enabled always are.
 */
final class SystemdInstances implements InstanceSource {

    private static final String NAME = "systemd";

    /** What sd_booted(3) looks at. */
    private static final Path RUNNING = Path.of("/run/systemd/system");

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
        List<String> command = new ArrayList<>(
                List.of("systemctl", "list-units", "--all", "--type=service", "--plain", "--no-legend", "--no-pager"));
        TEMPLATES.keySet().stream().sorted().forEach(template -> command.add(template + "@*"));
        return switch (programs.run(command, limit)) {
            case Ran.NotRun(String why) -> Found.trouble("systemd: " + why);
            case Ran.Ended ended
            when ended.status() != 0 -> Found.trouble("systemd: systemctl list-units " + ended.told());
            case Ran.Ended ended -> new Found(parse(ended.output()), List.of());
        };
    }

    /** Reads lines of unit, load, active, sub, description; a mark before the unit, which older ones print, is passed over. */
    static List<Instance> parse(String output) {
        List<Instance> instances = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            String[] words = line.replaceFirst("^[^A-Za-z0-9]+", "").strip().split("\\s+", 5);
            if (words.length < 4 || !words[0].endsWith(".service") || words[0].indexOf('@') < 1) {
                continue;
            }
            String template = words[0].substring(0, words[0].indexOf('@'));
            InstanceProtocol protocol = TEMPLATES.get(template);
            if (protocol != null && !words[1].equals("not-found")) {
                instances.add(instance(words, protocol));
            }
        }
        return instances;
    }

    private static Instance instance(String[] words, InstanceProtocol protocol) {
        boolean masked = words[1].equals("masked");
        InstanceState state = state(words[2]);
        String unit = words[0];
        return new Instance(
                NAME,
                unit.substring(0, unit.length() - ".service".length()),
                protocol,
                state,
                words[2] + " (" + words[3] + ")" + (masked ? ", masked" : ""),
                !masked,
                state == InstanceState.STOPPED && !masked ? List.of("systemctl", "start", unit) : List.of());
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
