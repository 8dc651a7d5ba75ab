package org.mailsonar.check.protocol;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;

/** A server of any of the protocols that says what it should, with single answers replaced. Each step is named by its command's first word. */
final class Talk implements ScriptedServer.Script {

    static final String GREETING = "greeting";

    /** In place of an answer. */
    interface Turn {
        /** Says something, or does not; {@code answer} is what it should say, line end included. */
        void take(ServerSession session, String answer) throws IOException;
    }

    private final boolean tagged;
    private final Map<String, String> answers;
    private final Map<String, Turn> turns = new HashMap<>();
    private @Nullable SSLContext tls;

    private Talk(boolean tagged, Map<String, String> answers) {
        this.tagged = tagged;
        this.answers = new LinkedHashMap<>(answers);
    }

    static Talk of(String scheme) {
        return switch (scheme) {
            case "smtp", "smtps", "submission" -> mail("EHLO");
            case "lmtp" -> mail("LHLO");
            case "pop3", "pop3s" -> pop3();
            case "imap", "imaps" -> imap();
            case "nntp" -> nntp();
            case "ftp" -> ftp();
            default -> throw new IllegalArgumentException(scheme);
        };
    }

    private static Talk mail(String hello) {
        return new Talk(false, Map.of())
                .answering(GREETING, "220 test.invalid ESMTP")
                .answering(hello, "250-test.invalid\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE")
                .answering("AUTH", "235 2.7.0 in")
                .answering("MAIL", "250 2.1.0 Ok")
                .answering("RCPT", "250 2.1.5 Ok")
                .answering("RSET", "250 2.0.0 Ok")
                .answering("QUIT", "221 2.0.0 Bye");
    }

    private static Talk pop3() {
        return new Talk(false, Map.of())
                .answering(GREETING, "+OK ready")
                .answering("CAPA", "+OK list\r\nUSER\r\n..\r\n.")
                .answering("USER", "+OK")
                .answering("PASS", "+OK in")
                .answering("STAT", "+OK 3 1200")
                .answering("QUIT", "+OK bye");
    }

    private static Talk imap() {
        return new Talk(true, Map.of())
                .answering(GREETING, "* OK ready")
                .answering("CAPABILITY", "* CAPABILITY IMAP4rev1\r\nTAG OK done")
                .answering("LOGIN", "* 1 EXISTS\r\nTAG OK in")
                .answering("STATUS", "* STATUS INBOX (MESSAGES 3)\r\nTAG OK done")
                .answering("LOGOUT", "* BYE\r\nTAG OK bye");
    }

    private static Talk nntp() {
        return new Talk(false, Map.of())
                .answering(GREETING, "200 ready")
                .answering("CAPABILITIES", "101 list\r\nVERSION 2\r\nREADER\r\n.")
                .answering("AUTHINFO USER", "381 password?")
                .answering("AUTHINFO PASS", "281 in")
                .answering("DATE", "111 20261121120000")
                .answering("QUIT", "205 bye");
    }

    private static Talk ftp() {
        return new Talk(false, Map.of())
                .answering(GREETING, "220-welcome\r\n to this\r\n220 server")
                .answering("FEAT", "211-list\r\n UTF8\r\n211 end")
                .answering("USER", "331 password?")
                .answering("PASS", "230 in")
                .answering("PWD", "257 \"/\"")
                .answering("QUIT", "221 bye");
    }

    /** Another answer to this command; {@code TAG} stands for the tag. */
    Talk answering(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    /** Something else in place of this answer. */
    Talk with(String command, Turn turn) {
        turns.put(command, turn);
        return this;
    }

    /** Encrypts after the answer to this command. */
    Talk encryptingAs(SSLContext server) {
        tls = server;
        return this;
    }

    List<String> commands() {
        return List.copyOf(answers.keySet());
    }

    @Override
    public void play(ServerSession session) throws IOException {
        answer(session, GREETING, "");
        while (true) {
            String line = session.line();
            String[] words = line.split(" ", 3);
            String tag = tagged ? words[0] : "";
            String first = words[tagged && words.length > 1 ? 1 : 0].split(":", 2)[0].toUpperCase(Locale.ROOT);
            String command = first.equals("AUTHINFO") ? first + " " + words[1].toUpperCase(Locale.ROOT) : first;
            answer(session, command, tag);
            if (tls != null && (command.equals("STARTTLS") || command.equals("STLS") || command.equals("AUTH"))) {
                session.encrypt(tls);
            }
            if (command.equals("QUIT") || command.equals("LOGOUT")) {
                return;
            }
        }
    }

    private void answer(ServerSession session, String command, String tag) throws IOException {
        String unknown = tagged ? "TAG BAD what" : answers.containsKey("CAPA") ? "-ERR what" : "500 what";
        String answer = answers.getOrDefault(command, unknown).replace("TAG", tag) + "\r\n";
        Turn turn = turns.get(command);
        if (turn == null) {
            session.say(answer);
        } else {
            turn.take(session, answer);
        }
    }
}
