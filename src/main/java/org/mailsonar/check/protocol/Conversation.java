package org.mailsonar.check.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.Exchange.Ending;
import org.mailsonar.check.protocol.Exchange.Role;
import org.mailsonar.check.protocol.ReplyReader.NonsenseException;
import org.mailsonar.net.AddressLiteral;

/** Holds one dialogue over one connection. One thread, once. */
final class Conversation {

    private final ProtocolCheck check;
    private final Wire wire;
    private final Progress progress;
    private final ReplyReader reader;
    private final InetAddress local;
    private final Course course;
    private int tags;
    private String tag = "";

    Conversation(ProtocolCheck check, Wire wire, Progress progress) {
        this.check = check;
        this.wire = wire;
        this.progress = progress;
        this.local = wire.plain().getLocalAddress();
        this.course = new Course(check, wire);
        this.reader = new ReplyReader(this::hear);
    }

    /** Says and hears everything but the goodbye. */
    void hold() throws CheckTrouble, IOException {
        if (check.isImplicitTls()) {
            progress.beginsEncrypted();
            encrypt("TLS");
        }
        for (Exchange exchange : check.dialogue().exchanges()) {
            boolean hasValues = check.blanks().fill(exchange.send(), this::own) != null;
            if (course.takesPlace(exchange, hasValues)) {
                run(exchange);
            }
        }
        course.requireLogin();
    }

    /**
     * Says goodbye. A goodbye that is not answered is no trouble.
     *
     * @param all whether all went well before, so that the reply has to be the one to this
     * @throws CheckTrouble when it is another one
     */
    void part(boolean all) throws CheckTrouble {
        for (Exchange exchange : check.dialogue().exchanges()) {
            if (exchange.role() == Role.FAREWELL) {
                part(exchange, all);
            }
        }
    }

    private void part(Exchange farewell, boolean all) throws CheckTrouble {
        progress.next(farewell.step(), farewell.stage(), "");
        try {
            if (all && farewell.ending() != Ending.TAGGED && wire.hasMore()) {
                throw unasked(farewell);
            }
            say(farewell);
            Reply reply = reader.read(farewell.ending(), farewell.answers(), tag);
            if (all && !farewell.answers().good().matcher(reply.last()).lookingAt()) {
                throw check.judge().strangeGoodbye(farewell, reply.text());
            }
        } catch (NonsenseException e) {
            if (all) {
                throw check.judge().strangeGoodbye(farewell, e.text());
            }
        } catch (IOException ignored) {
            // The server did not wait for the goodbye: no harm done.
        } finally {
            progress.end();
        }
    }

    private void run(Exchange exchange) throws CheckTrouble, IOException {
        progress.next(exchange.step(), exchange.stage(), Words.reply(exchange));
        Reply reply = exchange(exchange);
        progress.end();
        course.rejected(false);
        if (check.judge().isGood(exchange, reply, this::recall, course.wasOffered(exchange))) {
            went(exchange, reply);
        } else if (exchange.role() == Role.OFFERS) {
            course.offers(null);
            course.rejected(true);
        } else {
            progress.note(check.judge().brokenStartTls(exchange, reply));
        }
    }

    private String recall() {
        return progress.greeting();
    }

    private Reply exchange(Exchange exchange) throws CheckTrouble, IOException {
        try {
            if (!exchange.send().isEmpty()) {
                if (exchange.ending() != Ending.TAGGED && wire.hasMore()) {
                    throw unasked(exchange);
                }
                say(exchange);
            }
            return reader.read(exchange.ending(), exchange.answers(), tag);
        } catch (IOException e) {
            if (wire.isGivenUp()) {
                throw e;
            }
            throw check.judge().closed(exchange, progress.greeting());
        } catch (NonsenseException e) {
            throw CheckTrouble.broken(
                    exchange.stage(),
                    Kind.NONSENSE,
                    Words.after(exchange) + " came what is not of the protocol: " + e.text());
        }
    }

    private CheckTrouble unasked(Exchange exchange) throws IOException {
        String said;
        try {
            said = ": '" + hear() + "'";
        } catch (NonsenseException | EOFException e) {
            said = "";
        }
        return CheckTrouble.broken(
                exchange.stage(),
                Kind.NONSENSE,
                "before " + exchange.step() + " the server said something unasked, so replies and commands do not"
                        + " count up" + said);
    }

    private void went(Exchange exchange, Reply reply) throws CheckTrouble, IOException {
        course.replied(exchange, reply);
        check.judge().count(exchange, reply, progress);
        switch (exchange.role()) {
            case OFFERS -> course.offers(reply.lines());
            case START_TLS -> {
                refuseEarlyBytes();
                encrypt(exchange.step());
                course.startedTls();
            }
            case ORDINARY, FAREWELL -> {
                if (exchange.stage() == Stage.GREETING && exchange.send().isEmpty()) {
                    progress.greeted(check.blanks().without(reply.text()));
                    check.judge().compareGreeting(reply);
                }
            }
        }
    }

    /** What came before TLS is never taken for a reply: it was put there by someone in between (CVE-2011-0411). */
    private void refuseEarlyBytes() throws CheckTrouble, IOException {
        if (wire.hasMore()) {
            throw CheckTrouble.broken(
                    Stage.TLS,
                    Kind.NONSENSE,
                    "the server, or someone in between, went on talking before TLS began (CVE-2011-0411)");
        }
    }

    private void encrypt(String step) throws CheckTrouble, IOException {
        progress.next("TLS", Stage.TLS, "agreement on TLS" + (step.equals("TLS") ? "" : " after " + step));
        check.encrypt(wire, progress);
        progress.end();
    }

    private void say(Exchange exchange) throws IOException {
        if (exchange.send().contains("${tag}")) {
            tag = "a" + ++tags;
        }
        String line = check.blanks().fill(exchange.send(), this::own);
        if (line != null) {
            progress.transcript().said(String.valueOf(check.blanks().shown(exchange.send(), this::own)));
            wire.send(line);
        }
    }

    private String hear() throws IOException, NonsenseException {
        String line = wire.line();
        progress.transcript().heard(line);
        return line;
    }

    private @Nullable String own(String name) {
        return switch (name) {
            case "tag" -> tag;
            case "hello" -> AddressLiteral.of(local);
            default -> null;
        };
    }
}
