package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One running lighttpd on loopback: {@code /} says "Webmail of company.test", {@code /private/} wants user {@code reader} with the password
 * {@code secret}, {@code /old} is redirected to {@code /}. {@link #close} ends it and removes its files.
 */
public final class WebLab implements AutoCloseable {

    private final ServicePlace place;
    private final int port;

    private WebLab(ServicePlace.Running running) {
        this.place = running.place();
        this.port = running.port();
    }

    /** Starts one without encryption. */
    public static WebLab start() throws IOException {
        return new WebLab(ServicePlace.start("web", (directory, port) -> prepare(directory, port, "")));
    }

    /**
     * Starts one that speaks TLS.
     *
     * @param serverFile its key and certificates in PEM
     */
    public static WebLab startTls(Path serverFile) throws IOException {
        String tls = "ssl.engine = \"enable\"\nssl.pemfile = \"%s\"\n".formatted(serverFile);
        return new WebLab(ServicePlace.start("web", (directory, port) -> prepare(directory, port, tls)));
    }

    private static List<String> prepare(Path directory, int port, String tls) throws IOException {
        ServicePlace.write(directory.resolve("site/index.html"), "<h1>Webmail of company.test</h1>\n");
        ServicePlace.write(directory.resolve("site/private/index.html"), "<p>For readers</p>\n");
        ServicePlace.write(directory.resolve("users"), "reader:secret\n");
        String modules =
                "\"mod_auth\", \"mod_authn_file\", \"mod_redirect\"" + (tls.isEmpty() ? "" : ", \"mod_openssl\"");
        Path configuration = ServicePlace.write(
                directory.resolve("lighttpd.conf"),
                """
                server.modules = (%s)
                server.document-root = "%s"
                server.bind = "127.0.0.1"
                server.port = %d
                server.errorlog = "%s"
                index-file.names = ("index.html")
                url.redirect = ("^/old$" => "/")
                auth.backend = "plain"
                auth.backend.plain.userfile = "%s"
                auth.require = ("/private/" => ("method" => "basic", "realm" => "lab", "require" => "valid-user"))
                """.formatted(
                                        modules,
                                        directory.resolve("site"),
                                        port,
                                        directory.resolve("error.log"),
                                        directory.resolve("users"))
                        + tls);
        Files.createDirectories(directory.resolve("site"));
        return List.of("/usr/sbin/lighttpd", "-D", "-f", configuration.toString());
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
