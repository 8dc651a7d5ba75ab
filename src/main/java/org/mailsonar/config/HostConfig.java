package org.mailsonar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.program.Programs;

/** Reads {@code host.yaml}: what of this machine is looked at, and from when on it is too much or too little. */
public final class HostConfig {

    private static final Map<String, List<Integer>> USUAL_CONNECTIONS = usual();

    private HostConfig() {}

    /**
     * Reads a file.
     *
     * @throws ConfigException when it cannot be used; the message names file, line and key, and says what would be right
     */
    public static HostSettings load(Path file) throws ConfigException {
        ConfigSection top = ConfigNode.read(file)
                .section(
                        "host",
                        "state",
                        "log",
                        "runWith",
                        "limit",
                        "interval",
                        "queues",
                        "cpu",
                        "memory",
                        "swap",
                        "scanRate",
                        "disks",
                        "connections",
                        "processes",
                        "files",
                        "mailLog");
        Thresholds thresholds = new Thresholds();
        machine(top, thresholds);
        ConfigNode log = top.optional("log");
        ConfigNode before = top.optional("runWith");
        ConfigNode host = top.optional("host");
        HostLists lists = new HostLists(thresholds);
        return new HostSettings(
                        host == null ? LocalHostName.find() : host.text(),
                        top.required("state", "../var/host.state").path(),
                        log == null ? null : log.path(),
                        before == null ? new Programs() : new Programs(before.listOf(text -> text)),
                        top.optional("limit", Quantities::duration, Duration.ofSeconds(30)),
                        top.optional("interval", Quantities::duration, Duration.ofSeconds(1)),
                        Map.of(),
                        lists.queues(top.optional("queues")),
                        lists.disks(top.optional("disks")),
                        connections(top.optional("connections"), thresholds),
                        lists.processes(top.optional("processes")),
                        lists.files(top.optional("files")),
                        mailLog(top.optional("mailLog"), thresholds))
                .withThresholds(thresholds.all());
    }

    private static void machine(ConfigSection top, Thresholds thresholds) throws ConfigException {
        ConfigNode cpu = top.optional("cpu");
        if (cpu != null) {
            thresholds.readAll(cpu, "cpu_", Map.of("user", "%", "system", "%", "wait", "%", "idle", "%", "steal", "%"));
        }
        for (String what : List.of("memory", "swap")) {
            ConfigNode node = top.optional(what);
            if (node != null) {
                thresholds.readAll(node, what + "_", Map.of("available", "B", "used", "%"));
            }
        }
        ConfigNode scanRate = top.optional("scanRate");
        if (scanRate != null) {
            thresholds.read(scanRate, "scan_rate", "");
        }
    }

    /** Those that are named replace the usual ones. */
    private static Map<String, List<Integer>> connections(@Nullable ConfigNode node, Thresholds thresholds)
            throws ConfigException {
        if (node == null) {
            return USUAL_CONNECTIONS;
        }
        Map<String, List<Integer>> services = new LinkedHashMap<>();
        for (ConfigNode item : node.list()) {
            ConfigSection section = Thresholds.section(item, "service", "ports");
            ConfigNode name = section.required("service", "smtp");
            String service = name.as(HostLists::word);
            List<Integer> ports = section.required("ports", "[25, 465, 587]").listOf(HostConfig::port);
            if (services.put(service, ports) != null) {
                throw name.error("there are two services named '" + service + "'; put their ports into one list");
            }
            thresholds.read(section, "tcp_" + service, "");
        }
        return services;
    }

    private static HostSettings.@Nullable MailLog mailLog(@Nullable ConfigNode node, Thresholds thresholds)
            throws ConfigException {
        if (node == null) {
            return null;
        }
        ConfigSection section = node.section(
                "file", "format", "accepted", "delivered", "deferred", "bounced", "rejected", "bytes", "size");
        for (String what : List.of("accepted", "delivered", "deferred", "bounced", "rejected", "bytes")) {
            ConfigNode threshold = section.optional(what);
            if (threshold != null) {
                thresholds.read(threshold, "mail_" + what + "_rate", what.equals("bytes") ? "B" : "");
            }
        }
        ConfigNode size = section.optional("size");
        if (size != null) {
            thresholds.read(size, "mail_size", "B");
        }
        return new HostSettings.MailLog(
                section.required("file", "/var/log/mail.log").path(),
                section.required("format", "postfix").as(HostConfig::format));
    }

    private static HostSettings.MailLog.Format format(String text) {
        return switch (text) {
            case "postfix" -> HostSettings.MailLog.Format.POSTFIX;
            case "exim" -> HostSettings.MailLog.Format.EXIM;
            default ->
                throw new IllegalArgumentException("'" + text + "' is no format that is known; write postfix or exim");
        };
    }

    private static Integer port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("'" + text + "' is no port; a port is 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static Map<String, List<Integer>> usual() {
        Map<String, List<Integer>> services = new LinkedHashMap<>();
        services.put("smtp", List.of(25, 465, 587));
        services.put("imap", List.of(143, 993));
        services.put("pop3", List.of(110, 995));
        services.put("ldap", List.of(389, 636));
        services.put("http", List.of(80, 443));
        return services;
    }
}
