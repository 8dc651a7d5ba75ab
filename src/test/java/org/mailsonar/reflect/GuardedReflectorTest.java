package org.mailsonar.reflect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.RateLimit;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.intake.smtp.SmtpListener;
import org.mailsonar.lab.SmtpClient;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.relay.Transmission;
import org.mailsonar.testing.TestClock;

/** A reflector that remembers: copies of a probe, and how many probes a key had. */
class GuardedReflectorTest {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final TestClock clock = new TestClock(TestProbes.ARRIVAL);
    private final RecordingRelay relay = new RecordingRelay();
    private final Reflector reflector = guarded(relay, RateLimit.none());

    @Test
    void a_copy_is_discarded_and_told_when_its_probe_was_returned() {
        reflector.handle(Site.mail(Site.probe()));
        clock.pass(Duration.ofMinutes(5));

        assertThat(reflector.handle(Site.mail(Site.probe())))
                .isEqualTo(new Disposition.Discarded(
                        "probe " + TestProbes.ID
                                + " was returned at 2026-11-21T01:02:07.777Z and is not returned again",
                        new Disposition.Detail("repeated", TestProbes.ID.text())));
        assertThat(relay.sent()).hasSize(1);
        clock.pass(WINDOW);
        assertThat(reflector.handle(Site.mail(Site.probe()))).isInstanceOf(Disposition.Accepted.class);
    }

    @Test
    void a_probe_whose_return_was_not_accepted_may_come_again() {
        relay.answer(new Transmission.Deferred("451 later"));
        assertThat(reflector.handle(Site.mail(Site.probe()))).isInstanceOf(Disposition.Deferred.class);
        relay.answer(new Transmission.Refused("550 never"));
        assertThat(reflector.handle(Site.mail(Site.probe()))).isInstanceOf(Disposition.Failed.class);
        relay.answer(new Transmission.Accepted("250 ok"));
        assertThat(reflector.handle(Site.mail(Site.probe()))).isInstanceOf(Disposition.Accepted.class);
        assertThat(relay.sent()).hasSize(3);
    }

    @Test
    void a_probe_whose_relay_broke_down_may_come_again() {
        AtomicInteger calls = new AtomicInteger();
        Reflector breaking = guarded(
                relayOf(mail -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("out of order");
                    }
                    return new Transmission.Accepted("250 ok");
                }),
                RateLimit.none());
        assertThatThrownBy(() -> breaking.handle(Site.mail(Site.probe()))).hasMessage("out of order");
        assertThat(breaking.handle(Site.mail(Site.probe()))).isInstanceOf(Disposition.Accepted.class);
    }

    @Test
    void while_one_copy_is_being_returned_another_is_deferred() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        Reflector slow = guarded(
                relayOf(mail -> {
                    asked.countDown();
                    await(answers);
                    return new Transmission.Accepted("250 ok");
                }),
                RateLimit.none());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Disposition> first = threads.submit(() -> slow.handle(Site.mail(Site.probe())));
            await(asked);
            assertThat(slow.handle(Site.mail(Site.probe())))
                    .isEqualTo(new Disposition.Deferred(
                            "probe " + TestProbes.ID + " is being returned just now",
                            new Disposition.Detail("in_progress", TestProbes.ID.text())));
            answers.countDown();
            assertThat(first.get()).isInstanceOf(Disposition.Accepted.class);
        }
    }

    @Test
    void nobody_can_have_a_probe_taken_for_returned_who_cannot_sign_it() {
        String forged = "Mailsonar-Probe: " + TestProbes.signer("stranger").sign(TestProbes.statement()) + "\r\n\r\n";
        assertThat(reflector.handle(Site.mail(forged)).detail().reason()).isEqualTo("forged");
        Reflector narrow = new Reflector(
                Site.settings(List.of(TestProbes.TARGET), "other@monitor.test"),
                relay,
                ReplayGuard.within(WINDOW, 10, clock),
                RateLimit.none());
        for (int i = 0; i < 2; i++) {
            assertThat(narrow.handle(Site.mail(Site.probe())).detail().reason()).isEqualTo("forbidden");
        }
        assertThat(reflector.handle(Site.mail(Site.probe()))).isInstanceOf(Disposition.Accepted.class);
    }

    @Test
    void a_key_has_so_many_probes_in_a_minute_and_copies_do_not_count() {
        Reflector paced = guarded(relay, new RateLimit<>(2, 1, clock));
        for (int i = 0; i < 10; i++) {
            paced.handle(Site.mail(Site.probe()));
        }
        assertThat(paced.handle(probe(1))).isInstanceOf(Disposition.Accepted.class);
        assertThat(paced.handle(probe(2)))
                .isEqualTo(new Disposition.Deferred(
                        "probe " + id(2) + ": more than 2 probes of this key in a minute; try again later",
                        new Disposition.Detail("rate_key", id(2).text())));
        clock.pass(Duration.ofSeconds(65));
        assertThat(paced.handle(probe(2))).as("it was not noted as returned").isInstanceOf(Disposition.Accepted.class);
        assertThat(relay.sent()).hasSize(3);
    }

    @Test
    void a_thousand_copies_at_once_make_one_return() throws Exception {
        List<String> replies = Collections.synchronizedList(new ArrayList<>());
        try (SmtpSink sink = SmtpSink.open();
                Relay real = RelaySettings.parse("smtp://127.0.0.1:" + sink.port(), null)
                        .open();
                SmtpListener listener = SmtpListener.start(
                        ListenerSettings.on("127.0.0.1", 0).acceptingIf(TestProbes.TARGET::equals),
                        guarded(real, RateLimit.none()),
                        () -> Site.mail("").received());
                ExecutorService clients =
                        Executors.newFixedThreadPool(50, Thread.ofVirtual().factory())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                sent.add(clients.submit(() -> replies.add(send(listener.port()))));
            }
            for (Future<?> one : sent) {
                one.get();
            }
            assertThat(replies).hasSize(1000).allMatch(reply -> reply.startsWith("250 ") || reply.startsWith("451 "));
            assertThat(replies.stream().filter(reply -> reply.contains("returned to return@monitor.test")))
                    .hasSize(1);
            assertThat(send(listener.port())).startsWith("250 2.0.0 ").contains("was returned at");
            assertThat(sink.waiting()).isEqualTo(1);
        }
    }

    /** Many clients, each of which comes again until its copy is taken, and a next hop that often says no. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void with_a_moody_next_hop_copies_make_one_return_and_all_end(long seed) throws Exception {
        Random moods = new Random(seed);
        AtomicInteger accepted = new AtomicInteger();
        Reflector moody = guarded(
                relayOf(mail -> {
                    synchronized (moods) {
                        if (moods.nextInt(4) > 0) {
                            return new Transmission.Deferred("451 not in the mood");
                        }
                    }
                    accepted.incrementAndGet();
                    return new Transmission.Accepted("250 ok");
                }),
                RateLimit.none());
        List<Future<Integer>> clients;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            clients = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> {
                        int tries = 1;
                        while (moody.handle(Site.mail(Site.probe())) instanceof Disposition.Deferred) {
                            tries++;
                        }
                        return tries;
                    }))
                    .toList();
        }
        assertThat(clients).allMatch(client -> client.state() == Future.State.SUCCESS);
        assertThat(accepted).hasValue(1);
    }

    private static String send(int port) throws IOException {
        return SmtpClient.send(port, Site.BOUNCES.toString(), TestProbes.TARGET.toString(), Site.probe());
    }

    private static ProbeId id(int number) {
        return new ProbeId("01KAJ2V0N2Q4Q4X8YB7D6S5T4" + number);
    }

    private static ReceivedMail probe(int number) {
        ProbeToken plain = TestProbes.statement();
        ProbeToken numbered = new ProbeToken(
                id(number), plain.keyFingerprint(), plain.to(), plain.returnTo(), plain.sent(), plain.expires());
        return Site.mail(new String(TestProbes.probe(numbered), ISO_8859_1));
    }

    private Reflector guarded(Relay nextHop, RateLimit<String> keys) {
        return new Reflector(Site.settings(), nextHop, ReplayGuard.within(WINDOW, 100, clock), keys);
    }

    private interface Answering {
        Transmission answer(OutgoingMail mail);
    }

    private static Relay relayOf(Answering answering) {
        return new Relay() {
            @Override
            public Transmission send(OutgoingMail mail) {
                return answering.answer(mail);
            }

            @Override
            public String describe() {
                return "played";
            }

            @Override
            public void close() {}
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
