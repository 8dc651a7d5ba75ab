package org.mailsonar.site;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.relay.Transmission;

/**
 * Tells from what a relay said, and from what it recorded of the dialogue, how far a mail came that was not taken. Both texts are the relay's
 * own; of a server's words only the reply's first digit counts.
 */
final class Submission {

    private Submission() {}

    /** What is wrong; null where the mail was taken. */
    static @Nullable Trouble trouble(Transmission result, String transcript) {
        return switch (result) {
            case Transmission.Accepted taken -> null;
            case Transmission.Refused refused -> new Trouble(Stage.COMMAND, Kind.REJECTED);
            case Transmission.Deferred deferred when deferred.answered() -> new Trouble(Stage.COMMAND, Kind.DEFERRED);
            case Transmission.Deferred unanswered ->
                unanswered(
                        unanswered.text().toLowerCase(Locale.ROOT),
                        transcript.lines().toList());
        };
    }

    private static Trouble unanswered(String text, List<String> dialogue) {
        boolean isConnected = dialogue.stream().anyMatch(line -> line.startsWith("-- connected to"));
        if (!isConnected) {
            return unconnected(text);
        }
        boolean isGreeted = dialogue.stream().anyMatch(line -> line.startsWith("S: "));
        boolean isLogin = !dialogue.isEmpty()
                && (dialogue.getLast().startsWith("-- answered with")
                        || dialogue.getLast().startsWith("-- login"));
        Kind kind = kind(text, dialogue);
        if (kind == Kind.TLS_FAILED || kind == Kind.CERTIFICATE || kind == Kind.NOT_OFFERED) {
            return new Trouble(Stage.TLS, kind);
        }
        boolean isOnlyGreeted = dialogue.stream().noneMatch(line -> line.startsWith("C: "));
        if (isLogin) {
            return new Trouble(Stage.LOGIN, kind);
        }
        return new Trouble(!isGreeted || isOnlyGreeted ? Stage.GREETING : Stage.COMMAND, kind);
    }

    private static Trouble unconnected(String text) {
        if (text.contains("host name") || text.contains("name server")) {
            return new Trouble(Stage.LOOK_UP, Kind.NO_SUCH_HOST);
        }
        if (text.contains("no connection within")) {
            return new Trouble(Stage.CONNECT, Kind.TIME_OUT);
        }
        return new Trouble(Stage.CONNECT, text.contains("refused") ? Kind.REFUSED : Kind.UNREACHABLE);
    }

    private static Kind kind(String text, List<String> dialogue) {
        if (text.contains("no reply within") || text.contains("no progress within")) {
            return Kind.TIME_OUT;
        }
        if (text.contains("no tls within") || text.contains("tls failed")) {
            return text.contains("certificate") ? Kind.CERTIFICATE : Kind.TLS_FAILED;
        }
        if (text.contains("does not offer")) {
            return Kind.NOT_OFFERED;
        }
        char reply = lastReply(dialogue);
        if (reply == '5') {
            return Kind.REJECTED;
        }
        if (reply == '4') {
            return Kind.DEFERRED;
        }
        return text.contains("closed the connection") || text.contains("connection lost") ? Kind.CLOSED : Kind.NONSENSE;
    }

    /** The first digit of the last reply, {@code 0} where there was none. */
    private static char lastReply(List<String> dialogue) {
        char digit = '0';
        for (String line : dialogue) {
            String reply = line.startsWith("S: ")
                    ? line.substring(3)
                    : line.startsWith("-- answered with ") ? line.substring(17) : "";
            digit = reply.isEmpty() ? digit : reply.charAt(0);
        }
        return digit;
    }
}
