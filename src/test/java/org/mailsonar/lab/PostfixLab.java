package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * One running Postfix with a local domain and users of its own, on a free loopback port.
 *
 * <p>Inside, {@code /usr/sbin/sendmail} works as on any mail server, also from a pipe program. {@link #close} ends every process
 * inside and returns when they are gone; a Java machine that dies takes them along too. Several labs may run side by side.
 *
 * <pre>{@code
 * try (SmtpSink monitor = SmtpSink.open();
 *         PostfixLab lab = PostfixLab.inNewDirectory()
 *                 .domain("company.test").user("webscout").route("monitor.test", monitor.port()).start()) {
 *     lab.forward("webscout", "|\"" + program + "\"");
 *     lab.submit("probe@monitor.test", "webscout@company.test", message);
 *     SmtpSink.Delivery back = monitor.next();
 * }
 * }</pre>
 */
public final class PostfixLab implements LabServer {

    private final LabFiles files;
    private final Namespace namespace;
    private final int port;
    private final Map<String, String> transports;
    private final Map<String, String> aliases;
    private final Map<String, Integer> instances;

    private PostfixLab(
            LabFiles files,
            Namespace namespace,
            int port,
            Map<String, String> transports,
            Map<String, String> aliases,
            Map<String, Integer> instances) {
        this.files = files;
        this.namespace = namespace;
        this.port = port;
        this.transports = new TreeMap<>(transports);
        this.aliases = new TreeMap<>(aliases);
        this.instances = Map.copyOf(instances);
    }

    /** A lab in a directory that {@link #close} leaves there. All users of the machine have to be able to enter it. */
    public static PostfixLabBuilder at(Path directory) {
        return new PostfixLabBuilder(directory.toAbsolutePath(), false);
    }

    /** A lab in a new directory that {@link #close} removes. */
    public static PostfixLabBuilder inNewDirectory() {
        long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        return new PostfixLabBuilder(Path.of("/var/tmp", "mailsonar-lab-" + Long.toString(number, 36)), true);
    }

    static PostfixLab start(
            LabFiles files,
            boolean removable,
            int port,
            Map<String, String> transports,
            Map<String, String> aliases,
            Map<String, Integer> instances)
            throws IOException {
        return new PostfixLab(files, Namespace.start(files.root(), removable), port, transports, aliases, instances);
    }

    /** The port on 127.0.0.1 where it takes mail by SMTP. */
    public int port() {
        return port;
    }

    /** A place for what the mail users are to run or read; part of what {@link #close} removes. */
    public Path directory() {
        return files.root();
    }

    public Path home(String user) {
        return files.home(user);
    }

    /** Sends a message in by SMTP and insists that it is taken. */
    public void submit(String sender, String recipient, String message) throws IOException {
        String reply = SmtpClient.send(port, sender, recipient, message);
        if (!reply.startsWith("250")) {
            throw new IllegalStateException("not taken: " + reply);
        }
    }

    /** Writes the user's {@code .forward}, for the next delivery on. */
    public void forward(String user, String content) throws IOException {
        files.writeAs(user, ".forward", content + "\n");
    }

    /** Writes an executable text that every user may run, and returns its path. */
    public Path program(String name, String content) throws IOException {
        return files.program(name, content);
    }

    /** From now on mail for this domain goes to this loopback port. */
    public void route(String domain, int toPort) throws IOException {
        transport(domain, PostfixLabBuilder.smtpTo(toPort));
    }

    /** From now on mail for this domain goes this way, written as in Postfix's transport table. */
    public void transport(String domain, String way) throws IOException {
        transports.put(domain, way);
        files.configure("transport", transports);
        reload("trivial-rewrite", "qmgr");
    }

    /** From now on mail for this local name goes there, for instance to {@code "|/path/program"}. */
    public void alias(String name, String destination) throws IOException {
        aliases.put(name, destination);
        files.configure("aliases", aliases);
        reload("trivial-rewrite", "qmgr", "smtpd", "local");
    }

    /** The messages in the user's mailbox, oldest first. */
    public List<String> mailbox(String user) throws IOException {
        return files.mailbox(user);
    }

    /** Waits until the mailbox holds this many messages, and returns them. */
    public List<String> awaitMailbox(String user, int count) {
        return Poll.value(count + " messages for " + user, () -> {
            try {
                return Optional.of(mailbox(user)).filter(messages -> messages.size() >= count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The mail log so far. */
    public String log() throws IOException {
        return files.logged();
    }

    /** Waits until the mail log has a line with this text, and returns the first such line. */
    public String awaitLog(String text) {
        return Poll.value("the log to say: " + text, () -> {
            try {
                return log().lines().filter(line -> line.contains(text)).findFirst();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What waits in the queue: one JSON object for each message. */
    public List<String> queue() {
        return inside("postqueue", "-j").lines().toList();
    }

    /** Waits until nothing is queued. */
    public void awaitEmptyQueue() {
        Poll.until("an empty queue", () -> queue().isEmpty());
    }

    /** Tries all that is queued again now. */
    public void flush() {
        inside("postqueue", "-f");
    }

    /** Runs a command inside, as root, whatever its exit status. */
    public Command run(String... words) {
        return namespace.run(words);
    }

    /** What stands before a command to run it inside, as root. */
    public List<String> inside() {
        return namespace.before();
    }

    /** The port on 127.0.0.1 of a further instance's SMTP service. */
    public int instancePort(String name) {
        return instances.getOrDefault(name, 0);
    }

    /** The mail log of a further instance so far. */
    public String instanceLog(String name) throws IOException {
        Path log = files.instance(name).resolve("maillog");
        return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    }

    /** Switches the SMTP service of a further instance on or off in its table, which it reads when it starts, and when told to. */
    public void instanceTakesMail(String name, boolean on) throws IOException {
        files.configureInstance(name, "master.cf", PostfixLabBuilder.masterTable(instancePort(name), on));
    }

    /** From now on these lines stand behind those of main.cf, in place of such lines as it was given before. */
    public void reconfigure(String... lines) throws IOException {
        files.append("main.cf", lines);
        reload("trivial-rewrite", "qmgr", "smtpd", "cleanup", "lmtp");
    }

    /** Writes a file beside main.cf, such as a table, for what is started from now on. */
    public void table(String name, String content) throws IOException {
        files.configure(name, content);
    }

    @Override
    public void hang() {
        namespace.signal("STOP");
    }

    @Override
    public void goOn() {
        namespace.signal("CONT");
    }

    /** One of its programs, such as {@code qmgr}, hangs from now on. */
    public void hang(String program) {
        namespace.running(program).forEach(one -> Command.run(List.of("kill", "-STOP", Long.toString(one.pid()))));
    }

    @Override
    public void cutPower() {
        namespace.cutPower();
    }

    @Override
    public void startAgain() {
        inside("sh", "-c", "\"$(postconf -h daemon_directory 2>/dev/null)/master\" -w >/dev/null 2>&1 </dev/null");
        ServicePlace.awaitPort("Postfix", port);
    }

    /** Ends Postfix; nobody listens at its port any more, and the lab stays. */
    public void stop() {
        inside("postfix", "stop");
        Poll.until(
                "Postfix to be gone",
                () -> namespace.running("master").findAny().isEmpty());
    }

    @Override
    public void close() {
        namespace.close();
    }

    /** Returns when no process is left that knows the old tables and would answer from them. */
    private void reload(String... programs) {
        List<ProcessHandle> old =
                Stream.of(programs).flatMap(namespace::running).toList();
        inside("postfix", "reload");
        Poll.until("the old processes to end", () -> old.stream().noneMatch(ProcessHandle::isAlive));
    }

    private String inside(String... words) {
        Command command = run(words);
        if (command.status() != 0) {
            throw new IllegalStateException(String.join(" ", words) + ": " + command);
        }
        return command.output();
    }
}
