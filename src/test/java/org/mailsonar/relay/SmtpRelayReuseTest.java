package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;

/** Connections that are kept from one message to the next. */
class SmtpRelayReuseTest {

    @Test
    void fifty_messages_go_over_one_connection_without_rset_or_noop() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("PIPELINING"))) {
            try (Relay relay = Mails.relay(server)) {
                for (int i = 0; i < 50; i++) {
                    assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
                }
            }
            assertThat(server.connections()).isOne();
            assertThat(server.messages()).hasSize(50);
            assertThat(server.lines()).hasSize(1 + 150 + 1).endsWith("QUIT").doesNotContain("RSET", "NOOP");
        }
    }

    @Test
    void a_kept_connection_that_the_server_closed_is_replaced() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(oneMessageThen(""), SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            server.awaitEnded(1);
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_kept_connection_that_the_server_gave_up_unasked_is_replaced() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.start(oneMessageThen("421 4.4.2 idle for too long\r\n"), SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            server.awaitEnded(1);
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void a_421_for_mail_on_a_kept_connection_leads_to_a_new_one() throws IOException {
        for (String feature : new String[] {"PIPELINING", "VRFY"}) {
            try (ScriptedServer server = ScriptedServer.start(
                            SmtpScript.offering(feature).answering("MAIL", "250 ok", "421 4.7.0 enough"));
                    Relay relay = Mails.relay(server)) {
                assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
                assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
                assertThat(server.connections()).isEqualTo(2);
                assertThat(server.messages()).hasSize(2);
            }
        }
    }

    @Test
    void a_421_on_a_new_connection_is_deferred_at_once() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering().answering("MAIL", "421 4.7.0 enough"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Deferred.class);
            assertThat(server.connections()).isOne();
        }
    }

    @Test
    void an_idle_connection_is_ended_politely_after_its_time() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server, "?keep=20ms")) {
            relay.send(Mails.hello());
            server.awaitLine("QUIT");
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void a_relay_that_keeps_none_says_good_bye_after_each_message() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server, "?idle=0")) {
            relay.send(Mails.hello());
            assertThat(server.lines()).endsWith("QUIT");
        }
    }

    @Test
    void messages_beyond_the_number_of_connections_wait_for_their_turn() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("PIPELINING"));
                Relay relay = Mails.relay(server, "?connections=3")) {
            try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<Transmission> send = () -> relay.send(Mails.hello());
                for (Future<Transmission> sent : senders.invokeAll(Collections.nCopies(200, send))) {
                    assertThat(sent.get()).isInstanceOf(Accepted.class);
                }
            }
            assertThat(server.messages()).hasSize(200);
            assertThat(server.connections()).isBetween(1, 3);
        }
    }

    @Test
    void when_no_connection_becomes_free_mail_is_deferred() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(oneMessageAfter(goOn));
                Relay relay = Mails.relay(server, "?connections=1&replyTimeout=400ms");
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Transmission> first = senders.submit(() -> relay.send(Mails.hello()));
            server.awaitLine("DATA");
            assertThat(relay.send(Mails.hello()).text()).endsWith("no free connection within 400 ms: all 1 are in use");
            goOn.countDown();
            assertThat(first.get()).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void closing_waits_for_the_message_under_way() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(oneMessageAfter(goOn));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Relay relay = Mails.relay(server);
            Future<Transmission> sent = threads.submit(() -> relay.send(Mails.hello()));
            server.awaitLine("DATA");
            Future<?> closed = threads.submit(relay::close);
            goOn.countDown();
            assertThat(sent.get()).isEqualTo(new Accepted("250 ok"));
            closed.get();
            assertThat(relay.send(Mails.hello()).text()).endsWith("the relay is closed");
        }
    }

    private static ScriptedServer.Script oneMessageAfter(CountDownLatch signal) {
        return session -> {
            new SmtpDialogue(session).untilContent();
            SmtpDialogue.await(signal);
            session.say("250 ok\r\n");
        };
    }

    private static ScriptedServer.Script oneMessageThen(String farewell) {
        return session -> {
            new SmtpDialogue(session).untilContent();
            session.say("250 ok\r\n" + farewell);
        };
    }
}
