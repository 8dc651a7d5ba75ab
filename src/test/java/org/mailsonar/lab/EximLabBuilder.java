package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mailsonar.testing.FreePorts;

/** What an {@link EximLab} is to be like. */
public final class EximLabBuilder {

    /** The name that Debian has compiled in. */
    private static final String OWN_USER = "Debian-exim";

    private static final int ATTEMPTS = 3;

    private final Path directory;
    private final List<String> users = new ArrayList<>();
    private final StringBuilder routes = new StringBuilder();
    private final Map<String, String> options = new TreeMap<>();
    private final StringBuilder parts = new StringBuilder();
    private String domain = "lab.test";
    private String authority = "";
    private boolean selfSigned;

    EximLabBuilder(Path directory) {
        this.directory = directory;
    }

    /** The domain whose mail is delivered here; {@code lab.test} unless told. */
    public EximLabBuilder domain(String name) {
        domain = name;
        return this;
    }

    /** A user with an empty home and a Maildir; exists inside the lab only. */
    public EximLabBuilder user(String name) {
        users.add(name);
        return this;
    }

    /**
     * Mail for this domain goes to this loopback port.
     *
     * @param protocol {@code smtp} or {@code lmtp}
     */
    public EximLabBuilder route(String toDomain, String protocol, int port) {
        routes.append("""
                to_%1$s:
                  driver = manualroute
                  domains = %2$s
                  transport = %3$s
                  route_list = * 127.0.0.1::%1$d
                  self = send
                """.formatted(port, toDomain, protocol));
        return this;
    }

    /** Next servers have to speak TLS with certificates of this authority, a PEM file; unless told, TLS is not used at all. */
    public EximLabBuilder trusting(Path caFile) throws IOException {
        authority = Files.readString(caFile);
        return this;
    }

    /** It offers STARTTLS with a certificate of its own making, which {@link EximLab#certificate} has. */
    public EximLabBuilder encrypting() {
        selfSigned = true;
        return option("tls_advertise_hosts", "*")
                .option("tls_certificate", "LAB/server.pem")
                .option("tls_privatekey", "LAB/key.pem");
    }

    /** An option of the main part, in place of the lab's own or of Exim's default. */
    public EximLabBuilder option(String name, String value) {
        options.put(name, value);
        return this;
    }

    /** A part more, from its {@code begin} on. */
    public EximLabBuilder part(String text) {
        parts.append('\n').append(text);
        return this;
    }

    /** Starts Exim and returns when it takes mail. */
    public EximLab start() throws IOException {
        List<String> accounts = new ArrayList<>(users);
        accounts.add(OWN_USER);
        for (int attempt = 1; true; attempt++) {
            LabFiles files = new LabFiles(directory.resolveSibling(directory.getFileName() + "-" + attempt), accounts);
            files.create();
            int port = FreePorts.next();
            files.configure("exim.conf", configuration(files.root(), port));
            try {
                return EximLab.start(files, port);
            } catch (IllegalStateException e) {
                // Between then and here somebody else may have taken the port.
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private String configuration(Path root, int port) throws IOException {
        String caFile = "";
        if (!authority.isEmpty()) {
            Path copy = Files.writeString(root.resolve("ca.pem"), authority);
            caFile = Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"))
                    .toString();
        }
        if (selfSigned) {
            // Exim's GnuTLS does not read the keys that Java writes.
            Path pem = root.resolve("server.pem");
            Command made = Command.run(List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-days",
                    "60",
                    "-subj",
                    "/CN=lab",
                    "-addext",
                    "subjectAltName=IP:127.0.0.1",
                    "-out",
                    pem.toString(),
                    "-keyout",
                    root + "/key.pem"));
            if (made.status() != 0) {
                throw new IOException("openssl: " + made);
            }
            Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setPosixFilePermissions(root.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        }
        String text = Resource.text("exim.conf");
        for (Map.Entry<String, String> option : options.entrySet()) {
            text = option.getKey() + " = " + option.getValue() + "\n"
                    + text.replaceFirst("(?m)^" + option.getKey() + " =.*\n", "");
        }
        return (text + parts)
                .replace("LAB", root.toString())
                .replace("OWN_PORT", Integer.toString(port))
                .replace("OWN_DOMAIN", domain)
                .replace("ROUTES", routes)
                .replace("TLS_HOSTS", authority.isEmpty() ? "" : "*")
                .replace("CLEAR_HOSTS", authority.isEmpty() ? "*" : "")
                .replace("CA_FILE", caFile);
    }
}
