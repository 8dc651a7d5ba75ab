package org.mailsonar.check.protocol;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.Exchange.Capture;
import org.mailsonar.check.protocol.Exchange.Role;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.message.OneLine;

/** Says what a whole reply means. Thread-safe. */
final class ReplyJudge {

    private static final String CLOSED = "closed";

    private final Blanks blanks;
    private final Security security;
    private final @Nullable String expected;

    ReplyJudge(Blanks blanks, CheckSettings settings) {
        this.blanks = blanks;
        this.security = settings.tls().security();
        this.expected = settings.url().options().get("expect");
    }

    /**
     * Whether it is good, or else nothing that keeps one from going on.
     *
     * @param wasOffered whether the server said that it can do this
     * @throws CheckTrouble when it ends the conversation
     */
    boolean isGood(Exchange exchange, Reply reply, Supplier<String> greeting, boolean wasOffered) throws CheckTrouble {
        Answers answers = exchange.answers();
        String last = reply.last();
        if (matches(answers.impostor(), last)) {
            throw impostor(exchange, greeting.get(), "says '" + shown(reply) + "'", last.startsWith("421"));
        }
        if (matches(answers.good(), last)) {
            return true;
        }
        boolean isDeferred = matches(answers.deferred(), last);
        if (!isDeferred && !matches(answers.rejected(), last)) {
            throw CheckTrouble.told(
                    State.FAILING,
                    exchange.stage(),
                    Kind.NONSENSE,
                    Words.after(exchange) + " the server should not say '" + shown(reply) + "'");
        }
        // Who greets with what it offers and then does not greet, is not there.
        boolean goesOn = (exchange.role() == Role.OFFERS && !exchange.send().isEmpty())
                || (exchange.role() == Role.START_TLS && security == Security.IF_OFFERED);
        if (!goesOn || last.startsWith("421")) {
            throw refusal(exchange, reply, isDeferred, wasOffered);
        }
        return false;
    }

    /** STARTTLS was turned down, and is not demanded. */
    CheckTrouble brokenStartTls(Exchange exchange, Reply reply) {
        return CheckTrouble.told(
                State.WARNING,
                Stage.TLS,
                Kind.TLS_FAILED,
                "the server offers " + exchange.step() + " and then says '" + shown(reply) + "'");
    }

    /** The reply to the goodbye is none: it is one too late, or one too many. */
    CheckTrouble strangeGoodbye(Exchange exchange, String said) {
        return CheckTrouble.broken(
                State.WARNING,
                Stage.COMMAND,
                Kind.NONSENSE,
                Words.after(exchange) + " the server says '" + shown(said)
                        + "', which is the answer to something else: replies and commands do not count up");
    }

    CheckTrouble closed(Exchange exchange, String greeting) {
        return matches(exchange.answers().impostor(), CLOSED)
                ? impostor(exchange, greeting, "ends the connection", true)
                : CheckTrouble.broken(
                        exchange.stage(),
                        Kind.CLOSED,
                        exchange.send().isEmpty()
                                ? "the server ended the connection without a " + exchange.step()
                                : "the server ended the connection after " + exchange.step());
    }

    void compareGreeting(Reply reply) throws CheckTrouble {
        String wanted = expected;
        if (wanted != null && !reply.text().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT))) {
            throw CheckTrouble.told(
                    State.FAILING,
                    Stage.GREETING,
                    Kind.IMPOSTOR,
                    "something answers in its place: it greets with '" + shown(reply) + "', in which '"
                            + OneLine.ascii(wanted) + "' is not");
        }
    }

    /** Takes the numbers out of a good reply. */
    void count(Exchange exchange, Reply reply, Progress progress) throws CheckTrouble {
        for (Capture capture : exchange.captures()) {
            progress.measured(Measure.of(capture.measure(), number(capture, exchange, reply), capture.unit()));
        }
    }

    private double number(Capture capture, Exchange exchange, Reply reply) throws CheckTrouble {
        for (String line : reply.lines()) {
            Matcher matcher = capture.pattern().matcher(line);
            if (matcher.find() && matcher.group(1) != null) {
                try {
                    double number = Double.parseDouble(matcher.group(1));
                    if (Double.isFinite(number)) {
                        return number;
                    }
                } catch (NumberFormatException notOne) {
                    break;
                }
            }
        }
        throw CheckTrouble.told(
                State.FAILING,
                exchange.stage(),
                Kind.NONSENSE,
                "the reply to " + exchange.step() + " does not say " + capture.measure() + ": '" + shown(reply) + "'");
    }

    private CheckTrouble refusal(Exchange exchange, Reply reply, boolean isDeferred, boolean wasOffered) {
        String words = exchange.send().isEmpty()
                ? "the server greets with '" + shown(reply) + "'"
                : Words.after(exchange) + " the server says '" + shown(reply) + "'";
        boolean isClosing = reply.last().startsWith("421");
        // A server that takes no commands or logs nobody in does not work, even if it is only for now.
        State state = isDeferred && exchange.stage() == Stage.COMMAND && !isClosing ? State.WARNING : State.FAILING;
        Kind no = isDeferred ? Kind.DEFERRED : Kind.REJECTED;
        // Who did not say that it can encrypt and says no has none; all else is broken.
        Kind noTls = isDeferred || wasOffered || isClosing ? Kind.TLS_FAILED : Kind.NOT_OFFERED;
        Kind kind = exchange.role() == Role.START_TLS ? noTls : no;
        return isClosing
                ? CheckTrouble.broken(state, exchange.stage(), kind, words)
                : CheckTrouble.told(state, exchange.stage(), kind, words);
    }

    private static CheckTrouble impostor(Exchange exchange, String greeting, String does, boolean isFinal) {
        String words = "something answers in its place: it greets with '" + greeting + "' and " + does + " after "
                + exchange.step() + "; the server itself is probably down";
        return isFinal
                ? CheckTrouble.broken(exchange.stage(), Kind.IMPOSTOR, words)
                : CheckTrouble.told(State.FAILING, exchange.stage(), Kind.IMPOSTOR, words);
    }

    private String shown(Reply reply) {
        return shown(reply.text());
    }

    private String shown(String text) {
        return OneLine.ascii(blanks.without(text));
    }

    private static boolean matches(@Nullable Pattern pattern, String text) {
        return pattern != null && pattern.matcher(text).lookingAt();
    }
}
