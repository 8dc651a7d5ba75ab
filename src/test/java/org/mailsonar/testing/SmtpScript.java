package org.mailsonar.testing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The script of an SMTP server that takes every message, with single answers replaced. Answers are named by the command's
 * first word; {@link #GREETING} and {@link #CONTENT} name the two that follow no command. Each connection starts afresh.
 */
public final class SmtpScript implements ScriptedServer.Script {

    /** Names the answer to a new connection. */
    public static final String GREETING = "greeting";

    /** Names the answer to the final dot. */
    public static final String CONTENT = "content";

    /** In place of an answer: silence. */
    public static final String HANG = "(hang)";

    /** In place of an answer: the connection is closed. */
    public static final String CLOSE = "(close)";

    private final Map<String, List<String>> answers = new HashMap<>();
    private List<String> features = List.of();
    private @Nullable SSLContext tls;

    /** A server that greets, offers these extensions and takes everything. */
    public static SmtpScript offering(String... features) {
        SmtpScript script = new SmtpScript();
        script.features = List.of(features);
        return script.answering(GREETING, "220 test.invalid ESMTP")
                .answering("HELO", "250 test.invalid")
                .answering("MAIL", "250 2.1.0 Ok")
                .answering("RCPT", "250 2.1.5 Ok")
                .answering("DATA", "354 go on")
                .answering(CONTENT, "250 2.0.0 Ok: queued as 4F2C1")
                .answering("RSET", "250 2.0.0 Ok")
                .answering("STARTTLS", "220 2.0.0 ready")
                .answering("QUIT", "221 2.0.0 Bye");
    }

    /** The first of these is the answer to the first such command of a connection and so on; the last one is repeated. */
    public SmtpScript answering(String command, String... replies) {
        answers.put(command, List.of(replies));
        return this;
    }

    /** After STARTTLS, this is who the server is. */
    public SmtpScript encryptingAs(SSLContext server) {
        tls = server;
        return this;
    }

    @Override
    public void play(ServerSession session) throws IOException {
        Map<String, Deque<String>> left = new HashMap<>();
        answers.forEach((command, replies) -> left.put(command, new ArrayDeque<>(replies)));
        answer(session, left, GREETING);
        while (true) {
            String command = session.line().split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            String reply = answer(session, left, command);
            if (command.equals("DATA") && reply.startsWith("354")) {
                session.message();
                answer(session, left, CONTENT);
            } else if (command.equals("STARTTLS") && tls != null) {
                session.encrypt(tls);
            } else if (command.equals("QUIT")) {
                return;
            }
        }
    }

    private String answer(ServerSession session, Map<String, Deque<String>> left, String command) throws IOException {
        Deque<String> replies = left.get(command);
        String reply = replies == null
                ? command.equals("EHLO") ? ehlo() : "500 5.5.2 what is " + command + "?"
                : replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
        if (reply.equals(HANG)) {
            session.hang();
        }
        if (reply.equals(CLOSE)) {
            throw new IOException("closed, as the script says");
        }
        session.say(reply + "\r\n");
        return reply;
    }

    private String ehlo() {
        StringBuilder reply = new StringBuilder("250-test.invalid\r\n");
        for (String feature : features) {
            reply.append("250-").append(feature).append("\r\n");
        }
        return reply.append("250 ENHANCEDSTATUSCODES").toString();
    }
}
