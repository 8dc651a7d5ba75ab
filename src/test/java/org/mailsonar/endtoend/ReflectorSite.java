package org.mailsonar.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpClient;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;

/** A resident reflector with a configuration that a test writes and changes, and a next hop that keeps what is returned. */
final class ReflectorSite implements AutoCloseable {

    private final Path directory;
    private final SmtpSink nextHop = SmtpSink.open();
    private final int port = FreePorts.next();
    private final int metricsPort = FreePorts.next();

    private ReflectorSite(Path directory) {
        this.directory = directory;
    }

    /** With a configuration for webscout, a listener and metrics. */
    static ReflectorSite in(Path directory) throws IOException {
        ReflectorSite site = new ReflectorSite(directory);
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        site.configure(site.good());
        return site;
    }

    /** The usual configuration, for a test to change. */
    String good() {
        return """
                address: webscout@company.test
                recipients: [webscout@company.test]
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: smtp://127.0.0.1:%d
                listen: ["smtp://127.0.0.1:%d"]
                hostName: reflector.company.test
                metrics: %d
                """.formatted(nextHop.port(), port, metricsPort);
    }

    /** Puts another file in the place of the configuration, as editors do. */
    void configure(String content) {
        try {
            Path written = Files.writeString(directory.resolve("reflector.yaml.new"), content);
            Files.move(written, file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path file() {
        return directory.resolve("reflector.yaml");
    }

    SmtpSink nextHop() {
        return nextHop;
    }

    int port() {
        return port;
    }

    int metricsPort() {
        return metricsPort;
    }

    /** Starts the reflector and returns when it serves. */
    Program start() {
        Program reflector = Program.start(InstalledTree.environment(), command());
        reflector.await("returns leave by");
        return reflector;
    }

    /** The words of its command line. */
    String[] command() {
        return new String[] {InstalledTree.shared().script("mailsonar"), "reflector", "--config", file().toString()};
    }

    /** SIGHUP, and the wait for its effect: a new line that says this. */
    static void hangUp(Program reflector, String effect) {
        int before = reflector.count(effect);
        hangUp(reflector);
        Poll.until(reflector + " to say: " + effect, () -> reflector.count(effect) > before);
    }

    /** SIGHUP. */
    static void hangUp(Program reflector) {
        try (Program kill = Program.start(InstalledTree.environment(), "kill", "-HUP", "" + reflector.id())) {
            if (kill.status() != 0) {
                throw new IllegalStateException(kill.toString());
            }
        }
    }

    /** Brings a probe to the listener and gives the last reply. */
    String send(SignedProbe probe) throws IOException {
        return send(port, probe);
    }

    /** The same at another port. */
    static String send(int port, SignedProbe probe) throws IOException {
        return SmtpClient.send(port, probe.sender(), SignedProbe.TARGET, probe.text());
    }

    /** Asks the status server. */
    HttpResponse<String> get(String path, String... headers) throws IOException {
        return request("GET", path, headers);
    }

    HttpResponse<String> request(String method, String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The value of one sample: its name and labels as they stand in the text format. */
    double sample(String nameAndLabels) throws IOException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(nameAndLabels + " "))
                .map(line -> Double.parseDouble(line.substring(nameAndLabels.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no sample " + nameAndLabels));
    }

    @Override
    public void close() {
        nextHop.close();
    }
}
