package org.mailsonar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mailsonar.testing.FreePorts;

/** One running Prometheus Alertmanager on a free loopback port, which tells nobody. {@link #close} ends it and removes its files. */
public final class AlertmanagerLab implements AutoCloseable {

    static final String PROGRAM = "/usr/bin/prometheus-alertmanager";

    private final Path directory;
    private final int port;
    private final Daemon daemon;

    private AlertmanagerLab(Path directory, int port, Daemon daemon) {
        this.directory = directory;
        this.port = port;
        this.daemon = daemon;
    }

    /** Starts one and returns when it is ready. */
    public static AlertmanagerLab start() throws IOException {
        Path directory = Files.createTempDirectory("mailsonar-alertmanager-");
        int port = FreePorts.next();
        Path configuration = Files.writeString(directory.resolve("alertmanager.yml"), """
                route: {receiver: nobody}
                receivers: [{name: nobody}]
                """);
        Daemon daemon = Daemon.start(
                directory.resolve("alertmanager.log"),
                List.of(
                        PROGRAM,
                        "--config.file=" + configuration,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address="));
        AlertmanagerLab lab = new AlertmanagerLab(directory, port, daemon);
        try {
            daemon.awaitLog("msg=\"Listening on\"");
            return lab;
        } catch (IllegalStateException e) {
            lab.close();
            throw e;
        }
    }

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The alerts that are firing, as JSON (GET /api/v2/alerts). */
    public String alerts() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(url().resolve("/api/v2/alerts")).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for alerts", e);
        }
    }

    @Override
    public void close() {
        daemon.close();
        KannelLab.remove(directory);
    }
}
