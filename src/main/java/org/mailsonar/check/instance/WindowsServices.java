package org.mailsonar.check.instance;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Services of Windows that have to do with mail: those of IIS, of Exchange, and some others. {@code sc query} lists them and {@code sc
 * qc} tells whether one that is not running is meant to. Their words are in the language of the system, so only their places and their
 * numbers count: a name stands at the beginning of a line, and of the indented lines after it the second that begins with a number is the
 * state.
 */
final class WindowsServices implements InstanceSource {

    private static final String NAME = "windows";
    private static final Pattern NUMBERED = Pattern.compile("^\\s+[^:]*:\\s*(?:0x)?([0-9A-Fa-f]+)\\s+[A-Z_]{3,}.*$");
    private static final Pattern NAMED = Pattern.compile("^[^\\s:\\[][^:]*:\\s*(\\S.*)$");

    /** What {@code sc qc} says of a service that starts with the system. */
    private static final int STARTED_BY_SYSTEM = 2;

    private static final Map<String, InstanceProtocol> SERVICES = Map.ofEntries(
            Map.entry("smtpsvc", InstanceProtocol.SMTP),
            Map.entry("pop3svc", InstanceProtocol.POP3),
            Map.entry("imap4svc", InstanceProtocol.IMAP4),
            Map.entry("nntpsvc", InstanceProtocol.NNTP),
            Map.entry("msftpsvc", InstanceProtocol.FTP),
            Map.entry("ftpsvc", InstanceProtocol.FTP),
            Map.entry("w3svc", InstanceProtocol.WWW),
            Map.entry("iisadmin", InstanceProtocol.OTHER),
            Map.entry("hmailserver", InstanceProtocol.SMTP),
            Map.entry("smtpd32", InstanceProtocol.SMTP),
            Map.entry("pop3d32", InstanceProtocol.POP3),
            Map.entry("imap4d32", InstanceProtocol.IMAP4));

    private final Programs programs;
    private final Duration limit;

    WindowsServices(Programs programs, Duration limit) {
        this.programs = programs;
        this.limit = limit;
    }

    /** A block of {@code sc query}. */
    record Service(String name, InstanceState state) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isHere() {
        return File.separatorChar == '\\';
    }

    @Override
    public Found look() throws InterruptedException {
        if (!isHere()) {
            return Found.trouble("windows: this machine does not run Windows");
        }
        // Without a size it stops in the middle of a long list.
        Ran ran = programs.run(
                List.of("sc.exe", "query", "type=", "service", "state=", "all", "bufsize=", "262144"), limit);
        if (!(ran instanceof Ran.Ended(int status, String output, String complaint))) {
            return Found.trouble("windows: " + ((Ran.NotRun) ran).why());
        }
        List<Service> services = parse(output);
        if (status != 0 || services.isEmpty()) {
            return Found.trouble("windows: sc query " + new Ran.Ended(status, output, complaint).told());
        }
        List<Instance> instances = new ArrayList<>();
        for (Service service : services) {
            Optional<InstanceProtocol> protocol = protocol(service.name());
            if (protocol.isPresent()) {
                instances.add(instance(service, protocol.get()));
            }
        }
        return new Found(instances, List.of());
    }

    private Instance instance(Service service, InstanceProtocol protocol) throws InterruptedException {
        boolean expected = true;
        if (service.state() == InstanceState.STOPPED
                && programs.run(List.of("sc.exe", "qc", service.name()), limit) instanceof Ran.Ended answer) {
            expected = startType(answer.output()).orElse(STARTED_BY_SYSTEM) <= STARTED_BY_SYSTEM;
        }
        return new Instance(
                NAME,
                service.name(),
                protocol,
                service.state(),
                expected ? "" : "not started with the system",
                expected,
                service.state() == InstanceState.STOPPED && expected
                        ? List.of("sc.exe", "start", service.name())
                        : List.of());
    }

    /** What a service speaks; empty for one that has nothing to do with mail. */
    static Optional<InstanceProtocol> protocol(String service) {
        String name = service.toLowerCase(Locale.ROOT);
        if (!name.startsWith("msexchange")) {
            return Optional.ofNullable(SERVICES.get(name));
        }
        if (name.contains("pop3")) {
            return Optional.of(InstanceProtocol.POP3);
        }
        if (name.contains("imap4")) {
            return Optional.of(InstanceProtocol.IMAP4);
        }
        boolean transport = name.contains("transport") || name.endsWith("submission") || name.endsWith("delivery");
        return Optional.of(transport && !name.contains("logsearch") ? InstanceProtocol.SMTP : InstanceProtocol.OTHER);
    }

    /** Reads the blocks of {@code sc query}. */
    static List<Service> parse(String output) {
        List<Service> services = new ArrayList<>();
        for (String block : output.replace("\r", "").split("\n\\s*\n", -1)) {
            String name = null;
            for (String line : block.split("\n", -1)) {
                Matcher named = NAMED.matcher(line);
                if (name == null && named.matches()) {
                    name = named.group(1).strip();
                }
            }
            OptionalInt state = secondNumber(block);
            if (name != null && state.isPresent()) {
                services.add(new Service(name, InstanceState.ofWindows(state.getAsInt())));
            }
        }
        return services;
    }

    /** The start type in the output of {@code sc qc}: 0 and 1 for drivers, 2 automatic, 3 on demand, 4 disabled. */
    static OptionalInt startType(String output) {
        return secondNumber(output.replace("\r", ""));
    }

    /** The first is the type of the service, in both outputs. */
    private static OptionalInt secondNumber(String block) {
        int seen = 0;
        for (String line : block.split("\n", -1)) {
            Matcher numbered = NUMBERED.matcher(line);
            if (numbered.matches() && ++seen == 2) {
                return OptionalInt.of(Integer.parseInt(numbered.group(1), 16));
            }
        }
        return OptionalInt.empty();
    }
}
