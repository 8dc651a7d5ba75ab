package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Verdict;

class SmsGatewayTest {

    private static final Notice DOWN = Changes.notice(Verdict.State.DOWN);

    @Test
    void a_form_goes_with_basic_authentication() {
        try (HttpSink sink = new HttpSink();
                Notifier sms = form(sink, "+61400000001")) {
            sink.answering(201, "{\"status\": \"queued\"}");

            assertThat(sms.deliver(DOWN)).isEqualTo(new Delivery.Delivered());

            HttpSink.Request request = sink.requests.getFirst();
            assertThat(request.header("Authorization")).isEqualTo("Basic QUMxMjM6aHVudGVyMg==");
            assertThat(URLDecoder.decode(request.body(), StandardCharsets.UTF_8))
                    .startsWith("To=+61400000001&From=+15005550006&Body=company is DOWN since 02:14 UTC: two probes");
        }
    }

    @Test
    void who_got_it_does_not_get_it_again_while_others_are_tried_again() {
        try (HttpSink sink = new HttpSink();
                Notifier sms = form(sink, "+61400000001", "+61400000002")) {
            sink.answering(exchange -> exchange.sendResponseHeaders(sink.requests.size() == 2 ? 500 : 201, -1));

            assertThat(sms.deliver(DOWN))
                    .isEqualTo(new Delivery.Failed(sink.url("") + " answers 500 (1 of 2 numbers)"));
            assertThat(sms.deliver(DOWN)).isEqualTo(new Delivery.Delivered());
            assertThat(sink.requests.stream()
                            .map(request -> request.body().substring(0, 18))
                            .toList())
                    .containsExactly("To=%2B61400000001&", "To=%2B61400000002&", "To=%2B61400000002&");
        }
    }

    private static Notifier form(HttpSink sink, String... to) {
        return new SmsSettings(
                        SmsSettings.Gateway.FORM,
                        sink.url("/2010-04-01/Accounts/AC123/Messages.json"),
                        "AC123",
                        "hunter2",
                        "+15005550006",
                        List.of(to),
                        2,
                        Duration.ofSeconds(20))
                .open(TimeSource.system());
    }
}
