package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mailsonar.testing.FreePorts;

/** What a {@link PostfixLab} is to be like. */
public final class PostfixLabBuilder {

    private static final int ATTEMPTS = 3;

    private final Path directory;
    private final boolean removable;
    private final List<String> users = new ArrayList<>();
    private final Map<String, String> aliases = new TreeMap<>();
    private final Map<String, String> transports = new TreeMap<>();
    private final Map<String, String> parameters = new TreeMap<>();
    private final Map<String, Integer> instances = new TreeMap<>();
    private final Map<String, String> tables = new TreeMap<>();
    private String domain = "company.test";
    private int fixedPort;

    PostfixLabBuilder(Path directory, boolean removable) {
        this.directory = directory;
        this.removable = removable;
    }

    static String smtpTo(int port) {
        return "smtp:[127.0.0.1]:" + port;
    }

    /** The domain whose mail is delivered here; {@code company.test} unless told. */
    public PostfixLabBuilder domain(String name) {
        domain = name;
        return this;
    }

    /** A user with an empty home and a Maildir; exists inside the lab only. */
    public PostfixLabBuilder user(String name) {
        users.add(name);
        return this;
    }

    /** An entry of the alias table, for instance {@code "|/path/program"}. */
    public PostfixLabBuilder alias(String name, String destination) {
        aliases.put(name, destination);
        return this;
    }

    /** Mail for this domain goes to this loopback port. */
    public PostfixLabBuilder route(String toDomain, int toPort) {
        return transport(toDomain, smtpTo(toPort));
    }

    /** Mail for this domain goes this way, written as in Postfix's transport table. */
    public PostfixLabBuilder transport(String toDomain, String way) {
        transports.put(toDomain, way);
        return this;
    }

    /** A further instance for postmulti, with an SMTP service on a free port; it is enabled, and not started. */
    public PostfixLabBuilder instance(String name) throws IOException {
        instances.put(name, FreePorts.next());
        return this;
    }

    /** A parameter of main.cf, in place of the lab's own or of Postfix's default. */
    public PostfixLabBuilder parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** A file beside main.cf, such as an LDAP table's; with one, the machine's further table types are known. */
    public PostfixLabBuilder table(String name, String content) {
        tables.put(name, content);
        return this;
    }

    /** Takes mail at this port instead of a free one. */
    public PostfixLabBuilder port(int number) {
        fixedPort = number;
        return this;
    }

    /** Starts Postfix and returns when it takes mail. */
    public PostfixLab start() throws IOException {
        LabFiles files = new LabFiles(directory, users);
        files.create();
        for (Map.Entry<String, Integer> instance : instances.entrySet()) {
            files.createInstance(instance.getKey());
            files.configureInstance(instance.getKey(), "main.cf", instanceConfiguration(files, instance.getKey()));
            files.configureInstance(instance.getKey(), "master.cf", masterTable(instance.getValue(), true));
        }
        if (!tables.isEmpty()) {
            files.configure("dynamicmaps.cf", Files.readString(Path.of("/etc/postfix/dynamicmaps.cf")));
        }
        for (Map.Entry<String, String> table : tables.entrySet()) {
            files.configure(table.getKey(), table.getValue());
        }
        files.configure("main.cf", mainConfiguration(files));
        files.configure("aliases", aliases);
        files.configure("transport", transports);
        for (int attempt = 1; true; attempt++) {
            int port = fixedPort > 0 ? fixedPort : FreePorts.next();
            files.configure("master.cf", masterTable(port, true));
            try {
                return PostfixLab.start(files, removable, port, transports, aliases, instances);
            } catch (IllegalStateException e) {
                String log = files.logged();
                // Between then and here somebody else may have taken the port.
                if (attempt == ATTEMPTS || !log.contains("Address already in use")) {
                    throw new IllegalStateException(e.getMessage() + log, e);
                }
            }
        }
    }

    static String masterTable(int port, boolean takesMail) throws IOException {
        return (takesMail ? "" : "#") + "127.0.0.1:" + port + " inet n - n - - smtpd\n" + Resource.text("master.cf");
    }

    private String instanceConfiguration(LabFiles files, String name) throws IOException {
        Path place = files.instance(name);
        return Resource.text("main.cf") + """
                mydomain = %s
                multi_instance_name = %s
                multi_instance_enable = yes
                queue_directory = %s/spool
                data_directory = %s/state
                maillog_file = %s/maillog
                maillog_file_prefixes = %s
                """.formatted(domain, name, place, place, place, files.root());
    }

    private String mainConfiguration(LabFiles files) throws IOException {
        parameters.put("mydomain", domain);
        parameters.put("maillog_file", files.log().toString());
        parameters.put("maillog_file_prefixes", files.root().toString());
        if (!instances.isEmpty()) {
            parameters.put("multi_instance_wrapper", "${command_directory}/postmulti -p --");
            parameters.put("multi_instance_enable", "yes");
            parameters.put(
                    "multi_instance_directories",
                    instances.keySet().stream()
                            .map(name -> files.instance(name) + "/etc")
                            .collect(Collectors.joining(" ")));
        }
        StringBuilder text = new StringBuilder(Resource.text("main.cf"));
        // A later line replaces an earlier one, silently only where the earlier one is gone.
        parameters.forEach((name, value) -> {
            int old = text.indexOf("\n" + name + " =");
            if (old >= 0) {
                text.delete(old, text.indexOf("\n", old + 1));
            }
            text.append(name).append(" = ").append(value).append('\n');
        });
        return text.toString();
    }
}
