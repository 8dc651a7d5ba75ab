package org.mailsonar.check.protocol;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.Exchange.Role;
import org.mailsonar.check.protocol.Exchange.When;
import org.mailsonar.check.protocol.TlsSettings.Security;

/** What has come of a conversation so far, and which exchanges take place because of that. Not thread-safe. */
final class Course {

    private final ProtocolCheck check;
    private final Wire wire;
    /** The end of a login of which no reply says that it is; null where one does. */
    private final @Nullable Exchange lastOfLogin;

    private @Nullable List<String> offers;
    private boolean startedTls;
    private boolean wasRejected;
    private boolean triedLogin;
    private boolean missedLogin;
    private boolean loggedIn;

    Course(ProtocolCheck check, Wire wire) {
        this.check = check;
        this.wire = wire;
        List<Exchange> login = check.dialogue().exchanges().stream()
                .filter(exchange -> exchange.when() == When.LOGIN)
                .toList();
        boolean isTold = login.stream().anyMatch(exchange -> exchange.answers().loggedIn() != null);
        this.lastOfLogin = isTold || login.isEmpty() ? null : login.getLast();
    }

    /** The server lists what it offers; null when it does not. */
    void offers(@Nullable List<String> lines) {
        offers = lines;
    }

    /** What was said before encryption does not count any more. */
    void startedTls() {
        startedTls = true;
        offers = null;
    }

    /** Whether the newest exchange was turned down. */
    void rejected(boolean isRejected) {
        wasRejected = isRejected;
    }

    void replied(Exchange exchange, Reply reply) {
        Pattern loginEnds = exchange.answers().loggedIn();
        loggedIn |= loginEnds != null && loginEnds.matcher(reply.last()).lookingAt();
        loggedIn |= exchange.equals(lastOfLogin);
    }

    /**
     * Whether an exchange takes place.
     *
     * @param hasValues whether there is a value for all that it sends
     * @throws CheckTrouble when it should and cannot
     */
    boolean takesPlace(Exchange exchange, boolean hasValues) throws CheckTrouble {
        if (exchange.role() == Role.FAREWELL || !isOccasion(exchange.when())) {
            return false;
        }
        if (exchange.role() == Role.START_TLS) {
            return wantsStartTls(exchange);
        }
        Pattern wanted = exchange.ifOffered();
        boolean possible = hasValues && (wanted == null || isOffered(wanted));
        if (exchange.when() != When.LOGIN) {
            requireLogin();
            return possible;
        }
        triedLogin |= possible;
        missedLogin |= !possible;
        // Of several ways to log in the last one need not be there.
        loggedIn |= exchange.equals(lastOfLogin) && !possible && triedLogin;
        if (possible) {
            requireSafety();
        }
        return possible;
    }

    /** Where a login is wanted, nothing goes on without one. */
    void requireLogin() throws CheckTrouble {
        if (missedLogin && !triedLogin) {
            throw CheckTrouble.told(
                    State.FAILING,
                    Stage.LOGIN,
                    Kind.NOT_OFFERED,
                    "the server offers no way to log in that is known here" + Words.offers(offers));
        }
    }

    private boolean isOccasion(When when) {
        return switch (when) {
            case ALWAYS -> true;
            case AFTER_STARTTLS -> startedTls;
            case AFTER_REJECTION -> wasRejected;
            case LOGIN -> check.login() != null && !loggedIn;
            case LOGGED_IN -> loggedIn;
        };
    }

    /** Whether the server said that it can do this. */
    boolean wasOffered(Exchange exchange) {
        Pattern wanted = exchange.ifOffered();
        return wanted != null && isOffered(wanted);
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

    private void requireSafety() throws CheckTrouble {
        Login login = check.login();
        boolean isNearby = wire.plain().getInetAddress().isLoopbackAddress();
        if (wire.isEncrypted() || isNearby || login == null || login.isAnonymous()) {
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
}
