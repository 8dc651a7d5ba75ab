package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;
import org.mailsonar.testing.TestCertificates;
import org.mailsonar.time.TimeSource;

/** Servers that do not offer what is needed, or never stop talking. */
class HostileServerTest {

    private static final String PASSWORD = "hunter2-and-more";
    private static final String CHUNK = "x".repeat(64 * 1024);

    @Test
    void imap_that_takes_no_password_gets_none() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(imap("IMAP4rev1 LOGINDISABLED", ""))) {
            assertThat(check("imap", server, ""))
                    .isEqualTo(
                            "the server takes no password on this connection (LOGINDISABLED); use imaps:// or starttls");
            assertThat(server.lines()).noneMatch(line -> line.contains("LOGIN ") || line.contains("AUTHENTICATE"));
        }
    }

    @Test
    void imap_without_starttls_gets_no_login() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(imap("IMAP4rev1 AUTH=PLAIN", ""))) {
            assertThat(check("imap", server, "/?starttls=require"))
                    .isEqualTo("the server does not offer STARTTLS, so no login is sent to it; use imaps://");
            assertThat(server.lines()).noneMatch(line -> line.contains("LOGIN") || line.contains("AUTHENTICATE"));
        }
    }

    @Test
    void pop3_without_stls_gets_no_login() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(session -> pop3(session, ""))) {
            assertThat(check("pop3", server, "/?starttls=require"))
                    .isEqualTo("the server does not offer STLS, so no login is sent to it; use pop3s://");
            assertThat(server.lines()).noneMatch(line -> line.contains("USER") || line.contains("PASS"));
        }
    }

    @Test
    void an_endless_greeting_is_not_read_to_the_end() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(HostileServerTest::endless)) {
            assertThat(check("imap", server, "")).contains("the server sends more than ");
            assertThat(check("pop3", server, "")).contains("sends more than 4195328 bytes at once");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"* OK ", "* SEARCH 1 2 3\r\n* OK ", "* 1 FETCH (BODY[] {4000000}\r\n"})
    void an_endless_answer_is_not_read_to_the_end(String begin) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(imap("IMAP4rev1", begin))) {
            assertThat(check("imap", server, "")).contains("the server sends more than ");
        }
    }

    @Test
    void endless_lines_are_not_read_to_the_end() throws IOException {
        ScriptedServer.Script script = session -> {
            greet(session, "IMAP4rev1");
            while (true) {
                session.say("* OK still here\r\n".repeat(4096));
            }
        };
        try (ScriptedServer server = ScriptedServer.start(script)) {
            assertThat(check("imap", server, "")).contains("the server sends more than ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000000000", "4195328", "2147483000"})
    void no_memory_is_taken_for_a_literal_that_is_too_long(String length) throws IOException {
        try (ScriptedServer server =
                ScriptedServer.start(imap("IMAP4rev1", "* 1 FETCH (BODY[] {" + length + "}\r\n"))) {
            assertThat(check("imap", server, "")).isEqualTo("the server sends more than was asked for in one answer");
        }
    }

    @Test
    void pop3_that_never_ends_an_answer_is_not_read_to_the_end() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(session -> pop3(session, "+OK "))) {
            assertThat(check("pop3", server, "")).contains("sends more than 4195328 bytes at once");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "pop3s"})
    void above_tls_the_same_holds(String scheme, @TempDir Path directory) throws IOException, GeneralSecurityException {
        TestCertificates authority = TestCertificates.authority(directory, "authority");
        try (ScriptedServer server =
                ScriptedServer.startTls(authority.server("server", "ip:127.0.0.1"), HostileServerTest::endless)) {
            MailboxSettings settings = settings(scheme, server, "").trusting(authority.caFile());
            assertThat(MailboxAgent.check(settings, TimeSource.system()).orElseThrow())
                    .contains("sends more than 4195328 bytes at once");
        }
    }

    /** Logs everybody in and then, to the first command, answers with this and without an end; without one it knows what it offers only. */
    private static ScriptedServer.Script imap(String capabilities, String endless) {
        return session -> {
            greet(session, capabilities);
            while (true) {
                String[] command = session.line().split(" ", 3);
                switch (command[1]) {
                    case "CAPABILITY" ->
                        session.say("* CAPABILITY " + capabilities + "\r\n" + command[0] + " OK done\r\n");
                    case "LOGIN" -> session.say(command[0] + " OK in\r\n");
                    case "LOGOUT" -> session.say("* BYE\r\n" + command[0] + " OK\r\n");
                    default -> {
                        session.say(endless);
                        endless(session);
                    }
                }
            }
        };
    }

    private static void greet(ServerSession session, String capabilities) throws IOException {
        session.say("* OK [CAPABILITY " + capabilities + "] ready\r\n");
    }

    private static void pop3(ServerSession session, String endless) throws IOException {
        session.say("+OK ready\r\n");
        while (true) {
            switch (session.line().split(" ", 2)[0]) {
                case "CAPA" -> session.say("+OK\r\nTOP\r\nUIDL\r\nUSER\r\n.\r\n");
                case "USER", "PASS" -> session.say("+OK\r\n");
                case "QUIT" -> {
                    session.say("+OK\r\n");
                    return;
                }
                default -> {
                    session.say(endless);
                    endless(session);
                }
            }
        }
    }

    private static void endless(ServerSession session) throws IOException {
        while (true) {
            session.say(CHUNK);
        }
    }

    private static String check(String scheme, ScriptedServer server, String options) {
        return MailboxAgent.check(settings(scheme, server, options), TimeSource.system())
                .orElse("nothing");
    }

    private static MailboxSettings settings(String scheme, ScriptedServer server, String options) {
        return MailboxSettings.parse(
                scheme + "://127.0.0.1:" + server.port() + options,
                new MailboxLogin.Password("webscout", PASSWORD),
                1024,
                EmailAddress.parse("own@company.test"));
    }
}
