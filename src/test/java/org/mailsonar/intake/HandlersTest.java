package org.mailsonar.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.testing.TestClock;
import org.mailsonar.time.UtcText;

/** The handlers that stand in front of others: one that logs, one that discards, one that paces. */
class HandlersTest {

    private static final String RECEIVED = UtcText.micros(TestProbes.SENT);

    private final List<String> log = new ArrayList<>();
    private final TestClock clock = new TestClock(TestProbes.SENT);

    static Stream<Disposition> dispositions() {
        return Stream.of(
                new Disposition.Accepted("a"),
                new Disposition.Discarded("b"),
                new Disposition.Unwanted("c"),
                new Disposition.Failed("d"),
                new Disposition.Deferred("e"));
    }

    @ParameterizedTest
    @MethodSource("dispositions")
    void each_message_is_one_line_that_tells_what_became_of_it(Disposition disposition) {
        assertThat(logged(disposition).handle(mail(TestProbes.MONITOR, false))).isEqualTo(disposition);
        assertThat(log)
                .containsExactly(disposition.name() + " from=<probe@monitor.test> to=<webscout@company.test>"
                        + " client=127.0.0.1:4711 size=12 reason=other received=" + RECEIVED + " took=0ms "
                        + disposition.text());
    }

    @Test
    void the_probe_and_the_reason_are_seen_in_the_log() {
        logged(new Disposition.Accepted("x", new Disposition.Detail("returned", "01KAJ")))
                .handle(mail(null, false));
        assertThat(log)
                .singleElement()
                .asString()
                .contains(" size=12 id=01KAJ reason=returned received=" + RECEIVED + " took=0ms x");
    }

    @Test
    void a_bounce_and_a_cut_message_are_seen_in_the_log() {
        logged(new Disposition.Accepted("x")).handle(mail(null, true));
        assertThat(log)
                .containsExactly(
                        "accepted from=<> to=<webscout@company.test> client=127.0.0.1:4711 size=12+ reason=other received="
                                + RECEIVED + " took=0ms x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\rb",
                "a\u001bb",
                "a\0b",
                "a\u0085b",
                "a\u009bb",
                "a\u007fb",
                "a\u2028b",
                "a\u2029b",
                "a\u202eb",
                "a\u2066b",
                "a\u200fb",
                "a\ufeffb",
                "a\tb"
            })
    void nobody_can_write_a_line_of_his_own_or_turn_one_around(String text) {
        logged(new Disposition.Unwanted(text)).handle(mail(null, false));
        assertThat(log).singleElement().asString().endsWith(" a?b");
    }

    @Test
    void a_line_has_an_end() {
        logged(new Disposition.Unwanted("x".repeat(1_000_000))).handle(mail(null, false));
        assertThat(log.getFirst()).hasSize(2_001).endsWith("x…");
    }

    @Test
    void a_handler_that_throws_defers_and_that_is_logged() {
        MailHandler handler = new LoggedHandler(
                mail -> {
                    throw new IllegalStateException("no\nluck");
                },
                handled -> log.add(handled.line()),
                clock);
        Disposition disposition = handler.handle(mail(null, false));
        assertThat(disposition).isInstanceOf(Disposition.Deferred.class);
        assertThat(disposition.text()).as("what the client sees").doesNotContain("luck");
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith("deferred from=<>")
                .contains(" reason=unexpected ")
                .endsWith("unexpected trouble here; try again later (java.lang.IllegalStateException: no?luck)");
    }

    @Test
    void a_log_that_fails_leaves_the_answer_as_it_is() {
        MailHandler handler = new LoggedHandler(
                mail -> new Disposition.Accepted("done"),
                handled -> {
                    throw new IllegalStateException("no space left on device");
                },
                clock);
        assertThat(handler.handle(mail(null, false))).isEqualTo(new Disposition.Accepted("done"));
    }

    @ParameterizedTest
    @MethodSource("dispositions")
    void what_is_unwanted_is_discarded_and_all_else_left_as_it_is(Disposition disposition) {
        assertThat(new DiscardingHandler(mail -> disposition).handle(mail(null, false)))
                .isEqualTo(disposition instanceof Disposition.Unwanted ? new Disposition.Discarded("c") : disposition);
    }

    @Test
    void beyond_the_number_of_a_minute_messages_come_again() {
        List<ReceivedMail> through = new ArrayList<>();
        MailHandler paced = PacedHandler.overall(
                mail -> {
                    through.add(mail);
                    return new Disposition.Accepted("x");
                },
                2,
                clock);
        ReceivedMail mail = mail(null, false);
        assertThat(Stream.generate(() -> paced.handle(mail).name()).limit(4))
                .containsExactly("accepted", "accepted", "deferred", "deferred");
        clock.stepWall(Duration.ofHours(5));
        assertThat(paced.handle(mail))
                .isEqualTo(new Disposition.Deferred(
                        "more than 2 messages in a minute; try again later", Disposition.Detail.of("rate_overall")));
        clock.pass(Duration.ofSeconds(65));
        assertThat(Stream.generate(() -> paced.handle(mail).name()).limit(3))
                .containsExactly("accepted", "accepted", "deferred");
        assertThat(through).hasSize(4);
    }

    @Test
    void beyond_the_number_of_a_client_its_messages_come_again_and_those_of_others_go_through() {
        MailHandler paced = PacedHandler.perClient(mail -> new Disposition.Accepted("x"), 1, clock);
        assertThat(paced.handle(from("[2001:db8::1]:4711")).name()).isEqualTo("accepted");
        assertThat(paced.handle(from("[2001:db8::2]:4711")))
                .isEqualTo(new Disposition.Deferred(
                        "more than 1 messages of this client in a minute; try again later",
                        Disposition.Detail.of("rate_client")));
        assertThat(paced.handle(from("192.0.2.1:4711")).name()).isEqualTo("accepted");
        assertThat(Stream.generate(() -> paced.handle(from("pipe")).name()).limit(3))
                .as("brought by no client")
                .containsOnly("accepted");
    }

    private ReceivedMail from(String client) {
        ReceivedMail mail = mail(null, false);
        return new ReceivedMail(mail.envelope(), mail.message(), false, mail.received(), mail.resolution(), client);
    }

    private LoggedHandler logged(Disposition disposition) {
        return new LoggedHandler(mail -> disposition, handled -> log.add(handled.line()), clock);
    }

    private ReceivedMail mail(@Nullable EmailAddress sender, boolean truncated) {
        return new ReceivedMail(
                Envelope.to(sender, TestProbes.TARGET),
                MailMessage.of("Subject: x\n\n".getBytes(ISO_8859_1)),
                truncated,
                clock.now(),
                Duration.ZERO,
                "127.0.0.1:4711");
    }
}
