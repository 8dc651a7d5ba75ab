package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.testing.TestCertificates;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

class WebhookTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpSink sink = new HttpSink();

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void all_fields_go_as_json() {
        assertThat(deliver(settings("/hook", null, null, LIMIT))).isEqualTo(new Delivery.Delivered());

        HttpSink.Request request = sink.requests.getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(request.body())
                .startsWith("{\"id\":\"7/night\",\"kind\":\"change\",\"target\":\"company\",\"state\":\"down\","
                        + "\"before\":\"healthy\",\"severity\":\"critical\",\"problem\":true,"
                        + "\"since\":\"2026-11-21T02:14:00.000Z\",\"changed\":\"2026-11-21T02:14:00.000Z\","
                        + "\"lastRoundTripSeconds\":1.437,\"lastReturn\":\"2026-11-21T01:54:00.000Z\","
                        + "\"votes\":\"2 of 3, needs 2\",")
                .contains("\"tags\":[\"gold\"],\"command\":\"mailsonar history company\",");
    }

    @Test
    void a_json_template_keeps_a_strangers_quotes_inside_its_strings() {
        Template template = new Template("{\"text\": \"${target}: ${cause}\"}", Template.Format.JSON);
        deliver(settings("/hook", null, template, LIMIT), nasty());

        assertThat(sink.requests.getFirst().body()).isEqualTo("{\"text\": \"company: 550 \\\"no\\\"&a=b\\u0007 $1\"}");
    }

    @Test
    void a_form_template_keeps_a_strangers_ampersands_inside_its_fields() {
        deliver(settings("/hook", null, new Template("t=${target}&c=${cause}", Template.Format.FORM), LIMIT), nasty());

        assertThat(sink.requests.getFirst().body()).isEqualTo("t=company&c=550+%22no%22%26a%3Db%07+%241");
        assertThat(sink.requests.getFirst().header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
    }

    @Test
    void a_template_that_cannot_work_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Template("${targt}", Template.Format.TEXT))
                .withMessageStartingWith("there is no field 'targt'; there are id, kind, target,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Template("{\"a\": ${target}}", Template.Format.JSON))
                .withMessageStartingWith("the JSON is broken, or a ${place} stands outside of quotes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Template("{\"a\": \"${target\"}", Template.Format.JSON));
    }

    @Test
    void the_token_goes_in_the_header_and_never_into_a_text() {
        WebhookSettings settings = settings("/hook?key=1", "hunter2", null, LIMIT);
        sink.answering(403, "bad token hunter2,\n go away");

        assertThat(deliver(settings))
                .isEqualTo(new Delivery.Failed(sink.url("") + " answers 403: bad token ***, go away"));
        assertThat(sink.requests.getFirst().header("Authorization")).isEqualTo("Bearer hunter2");
        assertThat(settings.toString() + settings.describe()).doesNotContain("hunter2", "key");
    }

    @Test
    void a_redirect_is_not_followed() {
        try (HttpSink elsewhere = new HttpSink()) {
            sink.answering(exchange -> {
                exchange.getResponseHeaders().add("Location", elsewhere.url("/").toString());
                exchange.sendResponseHeaders(307, -1);
            });

            assertThat(failure(deliver(settings("/hook", "hunter2", null, LIMIT))))
                    .isEqualTo(sink.url("") + " answers 307 (redirects are not followed; name the place itself)");
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void an_endless_answer_is_not_read() {
        sink.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(new byte[16 * 1024]);
            }
        });

        assertThat(failure(deliver(settings("/hook", null, null, LIMIT)))).startsWith(sink.url("") + ": ");
    }

    @Test
    void a_server_that_begins_an_answer_and_does_not_end_it_is_not_waited_for() {
        CountDownLatch end = new CountDownLatch(1);
        sink.answering(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            assertThat(failure(deliver(settings("/hook", null, null, Duration.ofMillis(500)))))
                    .isEqualTo(sink.url("") + " does not answer within 500 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void nobody_there_is_a_failure_in_words() {
        URI url = sink.url("/secret");
        sink.close();

        assertThat(failure(deliver(new WebhookSettings(url, Map.of(), null, null, LIMIT))))
                .startsWith(HttpDoor.place(url) + ": no connection")
                .doesNotContain("secret");
    }

    @Test
    void a_certificate_that_nobody_trusted_vouches_for_is_not_accepted(@TempDir Path directory) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
                TestCertificates.authority(directory, "strangers").server("localhost", "dns:localhost,ip:127.0.0.1")));
        server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
        server.start();
        try {
            URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/hook");

            assertThat(failure(deliver(new WebhookSettings(url, Map.of(), null, null, LIMIT))))
                    .startsWith(HttpDoor.place(url) + ": the certificate was not accepted: ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_secret_does_not_go_to_another_machine_in_the_clear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new WebhookSettings(URI.create("http://pager.test/hook?a=b"), Map.of(), "hunter2", null, LIMIT))
                .withMessage("the secret would go to http://pager.test in the clear; write https");
    }

    private WebhookSettings settings(String path, @Nullable String token, @Nullable Template template, Duration limit) {
        return new WebhookSettings(sink.url(path), Map.of("X-Priority", "high"), token, template, limit);
    }

    private static Delivery deliver(WebhookSettings settings) {
        return deliver(settings, Changes.notice(Verdict.State.DOWN));
    }

    private static Delivery deliver(WebhookSettings settings, Notice notice) {
        try (Notifier webhook = settings.open(TimeSource.system())) {
            return webhook.deliver(notice);
        }
    }

    private static String failure(Delivery delivery) {
        return delivery instanceof Delivery.Failed(String why) ? why : "delivered";
    }

    private static Notice nasty() {
        Verdict verdict = new Verdict(Verdict.State.DOWN, Changes.NIGHT, "550 \"no\"&a=b\u0007 $1", null, null);
        Change change = new Change(
                7, "company", Verdict.State.HEALTHY, verdict, Changes.NIGHT, "1 of 1, needs 1", false, List.of());
        return new Notice("7/night", Notice.Kind.CHANGE, change, null, Changes.NIGHT);
    }
}
