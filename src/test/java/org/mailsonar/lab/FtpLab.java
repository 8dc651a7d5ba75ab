package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.mailsonar.testing.FreePorts;

/**
 * One running vsftpd on loopback, which offers AUTH TLS, with one account of its own: it lives where the accounts are other ones.
 * {@link #close} ends it and removes its files.
 */
public final class FtpLab implements AutoCloseable {

    /** The one account. */
    public static final String USER = "reader";

    private static final int USER_ID = 60_200;

    private final Namespace namespace;
    private final int port;

    private FtpLab(Namespace namespace, int port) {
        this.namespace = namespace;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param serverFile its key and certificates in PEM
     * @param password the account's
     */
    public static FtpLab start(Path serverFile, String password) throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "mailsonar-ftp-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = FreePorts.next();
        prepare(directory, port, serverFile, password);
        FtpLab lab = new FtpLab(Namespace.start("ftp-lab", directory, true), port);
        ServicePlace.awaitPort("vsftpd", port);
        return lab;
    }

    private static void prepare(Path directory, int port, Path serverFile, String password) throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.createDirectory(directory.resolve("empty"));
        Command hash = Command.run(List.of("openssl", "passwd", "-6", password));
        ServicePlace.write(
                directory.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd"))
                        + "%s:x:%d:%d::%s:/bin/sh%n".formatted(USER, USER_ID, USER_ID, home));
        Files.setPosixFilePermissions(
                ServicePlace.write(
                        directory.resolve("shadow"),
                        "%s:%s:20000:0:99999:7:::%n"
                                .formatted(USER, hash.output().strip())),
                PosixFilePermissions.fromString("rw-------"));
        ServicePlace.write(
                directory.resolve("pam"),
                "auth required pam_unix.so nodelay\naccount required pam_unix.so\nsession required pam_permit.so\n");
        ServicePlace.write(
                directory.resolve("vsftpd.conf"),
                Resource.text("vsftpd.conf")
                        .replace("DIRECTORY", directory.toString())
                        .replace("PORT", Integer.toString(port))
                        .replace("SERVER_FILE", serverFile.toString()));
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        namespace.close();
    }
}
