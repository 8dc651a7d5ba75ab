package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.mailsonar.testing.FreePorts;

/**
 * One running Dovecot with users of its own, who get mail by LMTP and fetch it by IMAP and POP3, on free loopback ports. {@link
 * #close} ends every process inside and removes its files; a Java machine that dies takes them along too. Several may run side by side.
 */
public final class DovecotLab implements AutoCloseable {

    /** What it speaks, each on a port of its own. */
    public enum Service {
        IMAP,
        IMAPS,
        POP3,
        POP3S,
        LMTP
    }

    private static final List<String> PROGRAMS = List.of("imap", "pop3", "lmtp", "imap-login", "pop3-login", "auth");
    private static final int ATTEMPTS = 3;
    private static final int MAIL_USER = 30001;

    private final Path root;
    private final Namespace namespace;
    private final Map<Service, Integer> ports;

    private DovecotLab(Path root, Namespace namespace, Map<Service, Integer> ports) {
        this.root = root;
        this.namespace = namespace;
        this.ports = ports;
    }

    /**
     * Starts Dovecot and returns when it answers.
     *
     * @param serverFile its key and certificates in PEM
     * @param users names and passwords
     * @param introspectionUrl where it asks whether an access token is good (RFC 7662)
     * @param settings further lines of its configuration
     */
    public static DovecotLab start(
            Path serverFile, Map<String, String> users, String introspectionUrl, String... settings)
            throws IOException {
        for (int attempt = 1; true; attempt++) {
            long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
            Path root = directory(Path.of("/var/tmp", "mailsonar-dovecot-" + Long.toString(number, 36)));
            Map<Service, Integer> ports = freePorts();
            Files.copy(serverFile, root.resolve("server.pem"));
            write(root, users, introspectionUrl, ports, settings);
            try {
                DovecotLab lab = new DovecotLab(root, Namespace.start("dovecot-lab", root, true), ports);
                lab.awaitPorts();
                return lab;
            } catch (IllegalStateException e) {
                // Between freePorts and here somebody else may have taken one.
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private static void write(
            Path root,
            Map<String, String> users,
            String introspectionUrl,
            Map<Service, Integer> ports,
            String... settings)
            throws IOException {
        directory(root.resolve("run"));
        directory(root.resolve("state"));
        Path mail = directory(root.resolve("mail"));
        Files.setAttribute(mail, "unix:uid", MAIL_USER);
        Files.setAttribute(mail, "unix:gid", MAIL_USER);
        String configuration = Resource.text("dovecot.conf").replace("LAB", root.toString());
        for (Map.Entry<Service, Integer> port : ports.entrySet()) {
            configuration = configuration.replace("port = " + port.getKey() + "_PORT", "port = " + port.getValue());
        }
        Files.writeString(root.resolve("dovecot.conf"), configuration + String.join("\n", settings) + "\n");
        List<String> lines = new ArrayList<>();
        users.forEach((name, password) -> lines.add(name + ":{PLAIN}" + password));
        Path accounts = Files.write(root.resolve("users"), lines);
        Files.setPosixFilePermissions(accounts, PosixFilePermissions.fromString("rw-r--r--"));
        Path oauth2 = Files.writeString(root.resolve("oauth2.conf"), """
                introspection_mode = post
                introspection_url = %s
                force_introspection = yes
                username_attribute = username
                active_attribute = active
                active_value = true
                """.formatted(introspectionUrl));
        Files.setPosixFilePermissions(oauth2, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** The port on 127.0.0.1. */
    public int port(Service service) {
        return ports.getOrDefault(service, 0);
    }

    /** Delivers a message by LMTP, as a mail server does, and insists that it is taken. */
    public void deliver(String sender, String user, String message) throws IOException {
        LmtpDelivery.run(port(Service.LMTP), sender, user, message);
    }

    /** Changes a mailbox, or asks about it, as its administrator does; insists on success and returns what it says. */
    public String admin(String... words) {
        String[] command = Stream.concat(
                        Stream.of("doveadm", "-c", root.resolve("dovecot.conf").toString()), Stream.of(words))
                .toArray(String[]::new);
        Command done = namespace.run(command);
        if (done.status() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + done);
        }
        return done.output();
    }

    /** UID, flags and subject of each message of the user's inbox, in their order. */
    public List<String> inbox(String user) {
        return admin("-f", "flow", "fetch", "-u", user, "uid flags hdr.subject", "mailbox", "INBOX")
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Ends Dovecot, and then what is left of its sessions; the lab stays. */
    public void stop() {
        admin("stop");
        Poll.until(
                "Dovecot to be gone",
                () -> namespace.running("dovecot").findAny().isEmpty());
        Poll.until("its sessions to be gone", () -> {
            List<ProcessHandle> left = PROGRAMS.stream()
                    .flatMap(namespace::running)
                    .filter(ProcessHandle::isAlive)
                    .toList();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
    }

    /** Starts it again, at the same places. */
    public void startAgain() {
        Command done = namespace.run(
                "sh",
                "-c",
                "dovecot -c \"$0\" >/dev/null 2>&1 </dev/null",
                root.resolve("dovecot.conf").toString());
        if (done.status() != 0) {
            throw new IllegalStateException("it does not start again: " + done);
        }
        awaitPorts();
    }

    /** From now on this is the user's password. */
    public void password(String user, String password) throws IOException {
        Path accounts = root.resolve("users");
        List<String> lines = new ArrayList<>(Files.readAllLines(accounts));
        lines.removeIf(line -> line.startsWith(user + ":"));
        lines.add(user + ":{PLAIN}" + password);
        Instant before = Files.getLastModifiedTime(accounts).toInstant();
        Files.write(accounts, lines);
        Files.setLastModifiedTime(accounts, FileTime.from(before.plusSeconds(5))); // it looks at whole seconds
        long written = Instant.now().getEpochSecond();
        // and looks once in each second at most
        Poll.until("the next second", () -> Instant.now().getEpochSecond() > written);
    }

    /** Every process of it hangs from now on: the kernel still takes connections, and nobody answers (SIGSTOP). */
    public void hang() {
        signal("STOP");
    }

    /** They go on where they were. */
    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        Stream.concat(Stream.of("dovecot", "anvil", "log", "config", "stats"), PROGRAMS.stream())
                .flatMap(namespace::running)
                .forEach(process -> Command.run(List.of("kill", "-" + name, Long.toString(process.pid()))));
    }

    /** The processes that serve sessions of this kind, such as {@code imap}. */
    public List<ProcessHandle> sessions(String program) {
        return namespace.running(program).toList();
    }

    /** Where the user's messages are, a Maildir. */
    public Path maildir(String user) {
        return root.resolve("mail").resolve(user);
    }

    /** Ends the user's sessions, if there are any. */
    public void kick(String user) {
        namespace.run("doveadm", "-c", root.resolve("dovecot.conf").toString(), "kick", user);
    }

    /** The log so far. */
    public String log() {
        try {
            return Files.readString(root.resolve("log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the log has a line with this text, and returns the first such line. */
    public String awaitLog(String text) {
        return Poll.value(
                "the log to say: " + text,
                () -> log().lines().filter(line -> line.contains(text)).findFirst());
    }

    /** What stands before a command to run it inside, as root. */
    public List<String> inside() {
        return namespace.before();
    }

    /** Its configuration. */
    public Path configuration() {
        return root.resolve("dovecot.conf");
    }

    @Override
    public void close() {
        namespace.close();
    }

    private void awaitPorts() {
        for (int port : ports.values()) {
            Poll.value("Dovecot to answer on port " + port, () -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    return Optional.of(socket.isConnected());
                } catch (IOException notYet) {
                    return Optional.empty();
                }
            });
        }
    }

    private static Map<Service, Integer> freePorts() {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            ports.put(service, FreePorts.next());
        }
        return ports;
    }

    private static Path directory(Path path) throws IOException {
        Files.createDirectories(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
