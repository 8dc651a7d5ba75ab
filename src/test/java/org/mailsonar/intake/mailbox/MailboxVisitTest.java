package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;

/** How far a visit comes at servers that do not work. */
class MailboxVisitTest {

    private static final String SECRET = "hunter2-and-more";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imap | hang | | GREETING | TIME_OUT",
                "imap | close | | GREETING | CLOSED",
                "imap | * OK ready | hang | LOGIN | TIME_OUT",
                "imap | * OK ready | close | LOGIN | CLOSED",
                "imap | * OK ready | NO [AUTHENTICATIONFAILED] no | LOGIN | REJECTED",
                "imap | * OK ready | NO [UNAVAILABLE] not now | LOGIN | DEFERRED",
                "pop3 | hang | | GREETING | TIME_OUT",
                "pop3 | close | | GREETING | CLOSED",
                "pop3 | +OK ready | hang | LOGIN | TIME_OUT",
                "pop3 | +OK ready | close | LOGIN | CLOSED",
                "pop3 | +OK ready | -ERR [AUTH] no | LOGIN | REJECTED",
                "pop3 | +OK ready | -ERR [SYS/TEMP] not now | LOGIN | DEFERRED",
            })
    void what_a_server_does_is_told(String scheme, String greeting, String login, Stage stage, Kind kind)
            throws IOException {
        String answer = login == null ? "" : login;
        try (ScriptedServer server = ScriptedServer.start(session -> play(session, scheme, greeting, answer))) {
            VisitException told = visit(scheme, server.port());
            assertThat(told.trouble()).as(told.getMessage()).isEqualTo(new Trouble(stage, kind));
            assertThat(told.getMessage()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource({"imap", "pop3"})
    void where_nobody_listens_the_connection_is_refused(String scheme) {
        assertThat(visit(scheme, 9).trouble()).isEqualTo(new Trouble(Stage.CONNECT, Kind.REFUSED));
    }

    private static VisitException visit(String scheme, int port) {
        MailboxSettings settings = MailboxSettings.parse(
                scheme + "://127.0.0.1:" + port,
                new MailboxLogin.Password("test1", SECRET),
                1024,
                EmailAddress.parse("test1@company.test"));
        return catchThrowableOfType(
                VisitException.class,
                () -> MailboxVisit.open(settings, Duration.ofMillis(400)).close());
    }

    private static void play(ServerSession session, String scheme, String greeting, String login) throws IOException {
        if (greeting.equals("hang")) {
            session.line();
        }
        if (greeting.equals("hang") || greeting.equals("close")) {
            return;
        }
        session.say(greeting + "\r\n");
        while (true) {
            String line = session.line();
            String tag = scheme.equals("imap") ? line.substring(0, line.indexOf(' ')) : "";
            if (line.contains("CAPABILITY")) {
                session.say("* CAPABILITY IMAP4rev1\r\n" + tag + " OK done\r\n");
            } else if (line.equals("CAPA")) {
                session.say("+OK\r\nUSER\r\nTOP\r\nUIDL\r\n.\r\n");
            } else if (line.startsWith("USER")) {
                session.say("+OK\r\n");
            } else if (line.contains("QUIT") || line.contains("LOGOUT")) {
                return;
            } else if (login.equals("close")) {
                return;
            } else if (!login.equals("hang")) {
                session.say((tag.isEmpty() ? "" : tag + " ") + login + "\r\n");
            }
        }
    }
}
