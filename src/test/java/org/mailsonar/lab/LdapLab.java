package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One running slapd on loopback with a database of its own below {@code dc=company,dc=test}: three people under {@code ou=people}, who may be
 * read by anybody, and the administrator {@link #ADMIN}. Offers StartTLS. {@link #close} ends it and removes its files.
 */
public final class LdapLab implements LabServer {

    /** Who may do all. */
    public static final String ADMIN = "cn=admin,dc=company,dc=test";

    private static final String MODULES = "/usr/lib/ldap";

    private final ServicePlace place;
    private final int port;

    private LdapLab(ServicePlace.Running running) {
        this.place = running.place();
        this.port = running.port();
    }

    /**
     * Starts one.
     *
     * @param scheme {@code ldap}, or {@code ldaps} for TLS from the first byte
     * @param certificate its certificates in PEM
     * @param key its key in PEM
     * @param password the administrator's
     */
    public static LdapLab start(String scheme, Path certificate, Path key, String password) throws IOException {
        return start(scheme, certificate, key, password, "");
    }

    /** The same with more entries, in LDIF, which may be of the class {@code mailRoutes}. */
    public static LdapLab start(String scheme, Path certificate, Path key, String password, String more)
            throws IOException {
        return new LdapLab(ServicePlace.start(
                "ldap", (directory, port) -> prepare(directory, port, scheme, certificate, key, password, more)));
    }

    private static List<String> prepare(
            Path directory, int port, String scheme, Path certificate, Path key, String password, String more)
            throws IOException {
        Path database = Files.createDirectory(directory.resolve("database"));
        // GnuTLS wants the public key beside the private one, which Java leaves out.
        Path wholeKey = directory.resolve("key.pem");
        Command converted = Command.run(List.of("openssl", "ec", "-in", key.toString(), "-out", wholeKey.toString()));
        if (converted.status() != 0) {
            throw new IllegalStateException("openssl: " + converted.output());
        }
        ServicePlace.write(directory.resolve("routes.schema"), Resource.text("routes.schema"));
        Path configuration = ServicePlace.write(
                directory.resolve("slapd.conf"),
                Resource.text("slapd.conf")
                        .replace("MODULES", MODULES)
                        .replace("DIRECTORY", directory.toString())
                        .replace("DATABASE", database.toString())
                        .replace("CERTIFICATE", certificate.toString())
                        .replace("KEY", wholeKey.toString())
                        .replace("PASSWORD", password));
        Path entries = ServicePlace.write(directory.resolve("entries.ldif"), Resource.text("entries.ldif") + more);
        Command loaded =
                Command.run(List.of("/usr/sbin/slapadd", "-f", configuration.toString(), "-l", entries.toString()));
        if (loaded.status() != 0) {
            throw new IllegalStateException("slapadd: " + loaded.output());
        }
        return List.of(
                "/usr/sbin/slapd",
                "-h",
                scheme + "://127.0.0.1:" + port,
                "-f",
                configuration.toString(),
                "-d",
                "stats");
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** What it has logged of its sessions. */
    public String log() {
        return place.log();
    }

    /** Starts it anew with something else in its configuration. */
    public void reconfigure(String old, String other) throws IOException {
        cutPower();
        place.replace("slapd.conf", old, other);
        startAgain();
    }

    @Override
    public void cutPower() {
        place.stop();
    }

    @Override
    public void startAgain() throws IOException {
        place.startAgain();
        ServicePlace.awaitPort("slapd", port);
    }

    @Override
    public void hang() {
        place.signal("STOP");
    }

    @Override
    public void goOn() {
        place.signal("CONT");
    }

    @Override
    public void close() {
        place.close();
    }
}
