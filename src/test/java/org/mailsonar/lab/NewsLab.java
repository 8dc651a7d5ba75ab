package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * INN's server for readers, nnrpd, on loopback, with one account and an empty spool. Who has not logged in may do nothing. {@link #close}
 * ends it and removes its files.
 */
public final class NewsLab implements AutoCloseable {

    /** The one account. */
    public static final String USER = "reader";

    /** INN wants cron and more: so it is unpacked beside, as Exim is. */
    static final String PLACE = "/var/cache/mailsonar-test/inn";

    static final String PROGRAM = PLACE + "/bin/nnrpd";

    private final ServicePlace place;
    private final int port;

    private NewsLab(ServicePlace.Running running) {
        this.place = running.place();
        this.port = running.port();
    }

    /**
     * Starts one.
     *
     * @param certificate its certificates in PEM
     * @param key its key in PEM
     * @param password the account's
     */
    public static NewsLab start(Path certificate, Path key, String password) throws IOException {
        return new NewsLab(
                ServicePlace.start("news", (directory, port) -> prepare(directory, port, certificate, key, password)));
    }

    private static List<String> prepare(Path directory, int port, Path certificate, Path key, String password)
            throws IOException {
        Command hash = Command.run(List.of("openssl", "passwd", "-1", password));
        ServicePlace.write(
                directory.resolve("passwd"), USER + ":" + hash.output().strip() + "\n");
        ServicePlace.write(directory.resolve("active"), "");
        ServicePlace.write(directory.resolve("history"), "");
        ServicePlace.write(directory.resolve("overview/group.index"), "");
        ServicePlace.write(directory.resolve("storage.conf"), "method tradspool {\n  newsgroups: *\n  class: 0\n}\n");
        Files.createDirectory(directory.resolve("run"));
        Path readers = ServicePlace.write(
                directory.resolve("readers.conf"),
                Resource.text("readers.conf").replace("DIRECTORY", directory.toString()));
        Path configuration = ServicePlace.write(
                directory.resolve("inn.conf"),
                Resource.text("inn.conf")
                        .replace("PLACE", PLACE)
                        .replace("DIRECTORY", directory.toString())
                        .replace("CERTIFICATE", certificate.toString())
                        .replace("KEY", key.toString()));
        return List.of(
                "env",
                "INNCONF=" + configuration,
                "LD_LIBRARY_PATH=" + PLACE + "/lib",
                PROGRAM,
                "-D",
                "-f",
                "-4",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-c",
                readers.toString());
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        place.close();
    }
}
