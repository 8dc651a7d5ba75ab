package org.mailsonar.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.Trouble;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.relay.Transcript;
import org.mailsonar.relay.Transmission;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;

/** How far a mail came that a server did not take, from what the relay really says of such servers. */
class SubmissionTest {

    private static final EmailAddress ADDRESS = EmailAddress.parse("test1@company.test");
    private static final byte[] MAIL = "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void a_server_that_nobody_listens_at_refuses_the_connection() {
        assertThat(trouble("smtp://127.0.0.1:9")).hasToString("Trouble[stage=CONNECT, kind=REFUSED]");
    }

    @Test
    void a_name_that_is_not_there_is_not_found() {
        assertThat(trouble("smtp://nowhere.invalid:25")).hasToString("Trouble[stage=LOOK_UP, kind=NO_SUCH_HOST]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "greeting | (hang) | GREETING | TIME_OUT",
                "greeting | (close) | GREETING | CLOSED",
                "greeting | 554 go away | GREETING | REJECTED",
                "greeting | 421 too busy | GREETING | DEFERRED",
                "greeting | HTTP/1.1 400 Bad | GREETING | NONSENSE",
                "EHLO | (hang) | COMMAND | TIME_OUT",
                "AUTH | 535 5.7.8 no | LOGIN | REJECTED",
                "AUTH | 454 4.7.0 not now | LOGIN | DEFERRED",
                "AUTH | (hang) | LOGIN | TIME_OUT",
                "MAIL | 452 4.3.1 no room | COMMAND | DEFERRED",
                "RCPT | 550 5.1.1 no such user | COMMAND | REJECTED",
                "RCPT | 421 4.3.0 going down | COMMAND | DEFERRED",
                "RCPT | (hang) | COMMAND | TIME_OUT",
                "RCPT | (close) | COMMAND | CLOSED",
                "content | 554 5.7.1 spam | COMMAND | REJECTED",
            })
    void what_a_server_does_is_told(String command, String reply, Trouble.Stage stage, Trouble.Kind kind)
            throws IOException {
        SmtpScript script =
                SmtpScript.offering("AUTH PLAIN").answering("AUTH", "235 ok").answering(command, reply);
        try (ScriptedServer server = ScriptedServer.start(script)) {
            String url = "smtp://127.0.0.1:" + server.port() + "?user=test1&replyTimeout=300ms&dataTimeout=300ms";
            assertThat(trouble(url)).isEqualTo(new Trouble(stage, kind));
        }
    }

    @Test
    void a_mail_that_was_taken_is_in_no_trouble() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering())) {
            assertThat(trouble("smtp://127.0.0.1:" + server.port())).isNull();
        }
    }

    private static @Nullable Trouble trouble(String url) {
        Transcript transcript = new Transcript();
        try (Relay relay = RelaySettings.parse(url, url.contains("user=") ? "hunter2" : null)
                .forOneMessage()
                .open()) {
            Transmission result = relay.send(new OutgoingMail(Envelope.to(ADDRESS, ADDRESS), MAIL, transcript));
            return Submission.trouble(result, transcript.text());
        }
    }
}
