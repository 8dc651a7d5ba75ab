package org.mailsonar.check.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.Exchange.Ending;
import org.mailsonar.check.protocol.Exchange.Role;
import org.mailsonar.check.protocol.Exchange.When;
import org.mailsonar.check.protocol.ReplyReader.NonsenseException;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.net.AddressLiteral;

/** Holds one dialogue over one connection. One thread, once. */
final class Conversation {

    private final ProtocolCheck check;
    private final Wire wire;
    private final Progress progress;
    private final ReplyReader reader;
    private final InetAddress local;
    private int tags;
    private String tag = "";
    private @Nullable List<String> offers;
    private boolean startedTls;
    private boolean wasRejected;
    private boolean triedLogin;
    private boolean missedLogin;
    private boolean loggedIn;

    Conversation(ProtocolCheck check, Wire wire, Progress progress) {
        this.check = check;
        this.wire = wire;
        this.progress = progress;
        this.local = wire.plain().getLocalAddress();
        this.reader = new ReplyReader(this::hear);
    }

    /** Says and hears everything but the goodbye. */
    void hold() throws CheckTrouble, IOException {
        if (check.isImplicitTls()) {
            progress.beginsEncrypted();
            encrypt("TLS");
        }
        for (Exchange exchange : check.dialogue().exchanges()) {
            if (takesPlace(exchange)) {
                run(exchange);
            }
        }
        requireLogin(When.ALWAYS);
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
                throw check.judge().strangeGoodbye(farewell, e.getMessage());
            }
        } catch (IOException ignored) {
            // The server did not wait for the goodbye: no harm done.
        } finally {
            progress.end();
        }
    }

    private boolean takesPlace(Exchange exchange) throws CheckTrouble {
        boolean occasion = switch (exchange.when()) {
            case ALWAYS -> true;
            case AFTER_STARTTLS -> startedTls;
            case AFTER_REJECTION -> wasRejected;
            case LOGIN -> check.login() != null && !loggedIn;
            case LOGGED_IN -> loggedIn;
        };
        if (exchange.role() == Role.FAREWELL || !occasion) {
            return false;
        }
        if (exchange.role() == Role.START_TLS) {
            return wantsStartTls(exchange);
        }
        requireLogin(exchange.when());
        boolean possible = (exchange.ifOffered() == null || isOffered(exchange.ifOffered()))
                && check.blanks().fill(exchange.send(), this::own) != null;
        if (exchange.when() == When.LOGIN) {
            triedLogin |= possible;
            missedLogin |= !possible;
            if (possible) {
                requireSafety();
            }
        }
        return possible;
    }

    private boolean isOffered(Pattern pattern) {
        return offers != null
                && offers.stream().anyMatch(line -> pattern.matcher(line).find());
    }

    private boolean wantsStartTls(Exchange exchange) throws CheckTrouble {
        if (wire.isEncrypted() || check.security() == Security.NONE || check.security() == Security.IMPLICIT) {
            return false;
        }
        Pattern offered = exchange.ifOffered();
        if (offered == null || isOffered(offered)) {
            return true;
        }
        if (check.security() == Security.REQUIRED && offers != null) {
            throw CheckTrouble.told(
                    State.FAILING,
                    Stage.TLS,
                    Kind.NOT_OFFERED,
                    "the server does not offer " + exchange.step() + ", and starttls=require demands it");
        }
        // A server that does not say what it offers may still have it.
        return check.security() == Security.REQUIRED;
    }

    /** Where a login is wanted, nothing goes on without one. */
    private void requireLogin(When next) throws CheckTrouble {
        if (missedLogin && !triedLogin && next != When.LOGIN) {
            throw CheckTrouble.told(
                    State.FAILING,
                    Stage.LOGIN,
                    Kind.NOT_OFFERED,
                    "the server offers no way to log in that is known here" + Words.offers(offers));
        }
    }

    private void requireSafety() throws CheckTrouble {
        Login login = check.login();
        if (wire.isEncrypted() || login == null || login.isAnonymous() || isNearby()) {
            return;
        }
        boolean ours = check.security() == Security.NONE;
        throw CheckTrouble.told(
                ours ? State.UNKNOWN : State.FAILING,
                ours ? Stage.SET_UP : Stage.LOGIN,
                ours ? Kind.MISCONFIGURED : Kind.NOT_OFFERED,
                "the login is not sent unencrypted over the network"
                        + (ours ? ": remove starttls=off" : ", and the server offers no encryption that works"));
    }

    private boolean isNearby() {
        return wire.plain().getInetAddress().isLoopbackAddress();
    }

    private void run(Exchange exchange) throws CheckTrouble, IOException {
        progress.next(exchange.step(), exchange.stage(), Words.reply(exchange));
        Reply reply = exchange(exchange);
        progress.end();
        wasRejected = false;
        if (check.judge().isGood(exchange, reply, this::recall)) {
            went(exchange, reply);
        } else if (exchange.role() == Role.OFFERS) {
            offers = null;
            wasRejected = true;
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
            if (wire.plain().isClosed()) {
                throw e; // by this side: time is up, or the caller gave up
            }
            throw check.judge().closed(exchange, progress.greeting());
        } catch (NonsenseException e) {
            throw CheckTrouble.broken(
                    exchange.stage(),
                    Kind.NONSENSE,
                    Words.after(exchange) + " came what is not of the protocol: " + e.getMessage());
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
        Pattern loginEnds = exchange.answers().loggedIn();
        loggedIn |= loginEnds != null && loginEnds.matcher(reply.last()).lookingAt();
        check.judge().count(exchange, reply, progress);
        switch (exchange.role()) {
            case OFFERS -> offers = reply.lines();
            case START_TLS -> {
                refuseEarlyBytes();
                encrypt(exchange.step());
                startedTls = true;
                offers = null;
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
