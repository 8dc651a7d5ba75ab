package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.mailsonar.lab.DovecotLab.Service;
import org.mailsonar.testing.FreePorts;

/** A running Dovecot that is a store or a proxy of a {@link MailSite}, and asks the site's directory who its users are. */
public final class SiteDovecot implements LabServer {

    private static final int ATTEMPTS = 3;
    private static final int MAIL_USER = 30001;

    private final Path root;
    private final Namespace namespace;
    private final Map<Service, Integer> ports;

    private SiteDovecot(Path root, Namespace namespace, Map<Service, Integer> ports) {
        this.root = root;
        this.namespace = namespace;
        this.ports = ports;
    }

    /**
     * Starts one and returns when it answers.
     *
     * @param resource its configuration
     * @param serverFile its key and certificates in PEM
     * @param directory how it asks the directory, in Dovecot's words
     */
    static SiteDovecot start(String resource, Path serverFile, String directory, List<Service> services)
            throws IOException {
        for (int attempt = 1; true; attempt++) {
            long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
            Path root = directory(Path.of("/var/tmp", "mailsonar-site-" + Long.toString(number, 36)));
            Map<Service, Integer> ports = new EnumMap<>(Service.class);
            String configuration = Resource.text(resource).replace("LAB", root.toString());
            for (Service service : services) {
                int port = FreePorts.next();
                ports.put(service, port);
                configuration = configuration.replace("port = " + service + "_PORT", "port = " + port);
            }
            directory(root.resolve("run"));
            directory(root.resolve("state"));
            own(directory(root.resolve("mail")));
            Files.copy(serverFile, root.resolve("server.pem"));
            ServicePlace.write(root.resolve("dovecot.conf"), configuration);
            ServicePlace.write(root.resolve("ldap.conf"), directory.replace("LAB", root.toString()));
            try {
                SiteDovecot lab = new SiteDovecot(root, Namespace.start("dovecot-lab", root, true), ports);
                lab.awaitPorts();
                return lab;
            } catch (IllegalStateException e) {
                // Between then and here somebody else may have taken one.
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    /** The port on 127.0.0.1. */
    int port(Service service) {
        return ports.getOrDefault(service, 0);
    }

    /** Writes one of its files, such as {@code fault.conf}, which is read behind its configuration, and starts it anew. */
    public void reconfigure(String name, String content) throws IOException {
        ServicePlace.write(root.resolve(name), content.replace("LAB", root.toString()));
        cutPower();
        startAgain();
    }

    /** The same, with something else in one of its files. */
    public void replace(String name, String old, String other) throws IOException {
        String content = file(name);
        if (!content.contains(old)) {
            throw new IllegalStateException(name + " holds no " + old);
        }
        reconfigure(name, content.replace(old, other));
    }

    /** One of its files. */
    public String file(String name) throws IOException {
        return Files.readString(root.resolve(name));
    }

    /** Where its users' mail is. */
    public Path mail() {
        return root.resolve("mail");
    }

    @Override
    public void hang() {
        namespace.signal("STOP");
    }

    /** One of its programs, such as {@code auth}, hangs from now on. */
    public void hang(String program) {
        namespace.running(program).forEach(one -> Command.run(List.of("kill", "-STOP", Long.toString(one.pid()))));
    }

    @Override
    public void goOn() {
        namespace.signal("CONT");
    }

    @Override
    public void cutPower() {
        namespace.cutPower();
    }

    @Override
    public void startAgain() throws IOException {
        Files.deleteIfExists(root.resolve("run").resolve("master.pid"));
        Command done = namespace.run(
                "sh",
                "-c",
                "dovecot -c \"$0\" >/dev/null 2>&1 </dev/null",
                root.resolve("dovecot.conf").toString());
        if (done.status() != 0) {
            throw new IllegalStateException("it does not start again: " + done + log());
        }
        awaitPorts();
    }

    /** The log so far. */
    public String log() {
        try {
            return Files.readString(root.resolve("log"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        namespace.close();
    }

    private void awaitPorts() {
        ports.forEach((service, port) -> ServicePlace.awaitPort("Dovecot (" + service + ")", port));
    }

    private static Path directory(Path path) throws IOException {
        Files.createDirectories(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void own(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", MAIL_USER);
        Files.setAttribute(path, "unix:gid", MAIL_USER);
    }
}
