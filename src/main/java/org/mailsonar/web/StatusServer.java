package org.mailsonar.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.report.Scrape;

/**
 * Serves {@code /metrics} to Prometheus and {@code /healthz} to whoever watches this process: 200 and {@code ok}, or 503 and one line for
 * each trouble. Everything else is 404, and every method but GET and HEAD 405. Thread-safe.
 */
public final class StatusServer implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(StatusServer.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    /** The JDK's server has its limits in system properties alone; what the administrator set goes first. Times in seconds. */
    private static final Map<String, String> LIMITS = Map.of(
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.maxReqHeaders", "50",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.idleInterval", "60");

    private final HttpServer server;
    private final ExecutorService threads;
    private final String place;

    private StatusServer(HttpServer server, ExecutorService threads, String place) {
        this.server = server;
        this.threads = threads;
        this.place = place;
    }

    /**
     * Serves from now on.
     *
     * @param address where; port 0 takes any free one
     * @param metrics gives all meters in a format that the Accept header's value, null when there is none, allows
     * @param troubles what is wrong now, one line each
     * @throws IOException when the address cannot be had
     */
    public static StatusServer start(
            InetSocketAddress address, Function<@Nullable String, Scrape> metrics, Supplier<List<String>> troubles)
            throws IOException {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        HttpServer server = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("status-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, metrics, troubles));
        server.start();
        String host = address.getHostString();
        String place = "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":"
                + server.getAddress().getPort();
        LOG.info("metrics and health at {}/metrics and {}/healthz", place, place);
        return new StatusServer(server, threads, place);
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it is: {@code http://127.0.0.1:9925}. */
    public String describe() {
        return place;
    }

    /** Stops at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(
            HttpExchange exchange, Function<@Nullable String, Scrape> metrics, Supplier<List<String>> troubles)
            throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, TEXT, bytes("only GET and HEAD are answered"));
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> {
                    Scrape scrape = metrics.apply(exchange.getRequestHeaders().getFirst("Accept"));
                    send(exchange, 200, scrape.contentType(), scrape.body());
                }
                case "/healthz" -> {
                    List<String> now = troubles.get();
                    send(
                            exchange,
                            now.isEmpty() ? 200 : 503,
                            TEXT,
                            bytes(now.isEmpty() ? "ok" : String.join("\n", now)));
                }
                case null, default -> send(exchange, 404, TEXT, bytes("here are /metrics and /healthz"));
            }
        } catch (RuntimeException failed) {
            LOG.error("a request for {} failed", exchange.getHttpContext().getPath(), failed);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] bytes(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
