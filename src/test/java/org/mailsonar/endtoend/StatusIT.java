package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resident reflector tells of itself over HTTP. */
class StatusIT {

    private static final String RETURNED =
            "mailsonar_reflector_messages_total{disposition=\"accepted\",reason=\"returned\"}";

    @TempDir
    private Path directory;

    private ReflectorSite site;

    @BeforeEach
    void prepare() throws IOException {
        site = ReflectorSite.in(directory);
    }

    @AfterEach
    void end() {
        site.close();
    }

    @Test
    void every_known_meter_is_there_before_the_first_message() throws IOException {
        try (Program reflector = site.start()) {
            HttpResponse<String> response = site.get("/metrics");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(response.body().lines())
                    .contains(
                            RETURNED + " 0.0",
                            "mailsonar_reflector_messages_total{disposition=\"unwanted\",reason=\"forged\"} 0.0",
                            "mailsonar_reflector_messages_total{disposition=\"deferred\",reason=\"relay\"} 0.0",
                            "mailsonar_reflector_relay_seconds_bucket{outcome=\"accepted\",le=\"0.005\"} 0",
                            "mailsonar_reflector_relay_seconds_bucket{outcome=\"deferred\",le=\"60.0\"} 0",
                            "mailsonar_reflector_relay_seconds_count{outcome=\"refused\"} 0",
                            "mailsonar_reflector_handling_seconds_count 0",
                            "mailsonar_reflector_config_last_reload_success 1.0",
                            "mailsonar_reflector_config_reloads_total{result=\"failure\"} 0.0",
                            "mailsonar_listener_connections{listener=\"smtp://127.0.0.1:" + site.port() + "\"} 0.0",
                            "mailsonar_intake_working{intake=\"smtp://127.0.0.1:" + site.port() + "\"} 1.0")
                    .anyMatch(line -> line.matches("mailsonar_build_info\\{version=\"[^\"]+\"} 1"))
                    .anyMatch(line -> line.startsWith("process_uptime_seconds "))
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
            assertThat(reflector.errors().lines())
                    .filteredOn(line -> !line.contains("this runs as root"))
                    .noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
        }
    }

    @Test
    void what_becomes_of_messages_is_counted() throws IOException {
        try (Program reflector = site.start()) {
            site.send(SignedProbe.fresh());
            site.send(SignedProbe.fresh());
            site.send(SignedProbe.forged());
            site.nextHop().answerMessages("550 5.7.1 no");
            site.send(SignedProbe.fresh());
            assertThat(site.sample(RETURNED)).isEqualTo(2);
            assertThat(site.sample("mailsonar_reflector_messages_total{disposition=\"unwanted\",reason=\"forged\"}"))
                    .isEqualTo(1);
            assertThat(site.sample(
                            "mailsonar_reflector_messages_total{disposition=\"failed\",reason=\"undeliverable\"}"))
                    .isEqualTo(1);
            assertThat(site.sample("mailsonar_reflector_relay_seconds_count{outcome=\"accepted\"}"))
                    .isEqualTo(2);
            assertThat(site.sample("mailsonar_reflector_relay_seconds_bucket{outcome=\"refused\",le=\"60.0\"}"))
                    .isEqualTo(1);
            assertThat(site.sample("mailsonar_reflector_handling_seconds_count"))
                    .isEqualTo(4);
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    @Test
    void a_collector_that_asks_for_open_metrics_gets_them() throws IOException {
        try (Program reflector = site.start()) {
            HttpResponse<String> response = site.get(
                    "/metrics",
                    "Accept",
                    "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(response.body())
                    .contains("# TYPE mailsonar_reflector_messages counter")
                    .endsWith("# EOF\n");
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    @Test
    void health_tells_of_a_relay_that_takes_nothing_until_it_does() throws IOException {
        try (Program reflector = site.start()) {
            assertThat(site.get("/healthz").body()).isEqualTo("ok\n");
            site.nextHop().answerMessages("451 4.3.0 not\u0007now");
            assertThat(site.send(SignedProbe.fresh())).startsWith("451");
            HttpResponse<String> ill = site.get("/healthz");
            assertThat(ill.statusCode()).isEqualTo(503);
            assertThat(ill.body())
                    .matches(
                            "relay smtp://127\\.0\\.0\\.1:\\d+ accepts no returns since 2\\S+Z: .*451 4\\.3\\.0 not.now.*\n");
            assertThat(site.sample("mailsonar_reflector_relay_accepting")).isZero();

            site.nextHop().answerMessages("250 2.0.0 taken");
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");
            assertThat(site.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(site.sample("mailsonar_reflector_relay_accepting")).isEqualTo(1);
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    @Test
    void nothing_else_is_answered() throws IOException {
        try (Program reflector = site.start()) {
            for (String path : List.of("/", "/metrics/x", "/metricsx", "/healthz/", "/%2e%2e/etc/passwd")) {
                assertThat(site.get(path).statusCode()).as(path).isEqualTo(404);
            }
            for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
                assertThat(site.request(method, "/metrics").statusCode())
                        .as(method)
                        .isEqualTo(405);
            }
            HttpResponse<String> head = site.request("HEAD", "/healthz");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(site.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 10_000_000})
    void a_request_without_end_is_cut_off_and_others_are_answered(int size) throws IOException {
        try (Program reflector = site.start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.metricsPort())) {
            socket.setSoTimeout(20_000);
            boolean taken = wholeRequestTaken(socket, size);
            assertThat(taken).isFalse();
            assertThat(site.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    @Test
    void without_the_key_there_is_no_server() throws IOException {
        site.configure(site.good().replaceAll("metrics: .*\n", ""));
        try (Program reflector = site.start()) {
            assertThat(site.send(SignedProbe.fresh())).startsWith("250");
            assertThat(reflector.errors()).doesNotContain("/metrics");
            site.configure(site.good());
            ReflectorSite.hangUp(reflector, " was read again: ");
            assertThat(site.sample(RETURNED))
                    .as("what was counted before somebody looked")
                    .isEqualTo(1);
        }
    }

    /** Whether a header of this size gets an answer of 200. */
    private static boolean wholeRequestTaken(Socket socket, int size) {
        try {
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: x\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write("x".repeat(size).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return reply.startsWith("HTTP/1.1 200");
        } catch (IOException cutOff) {
            return false;
        }
    }
}
