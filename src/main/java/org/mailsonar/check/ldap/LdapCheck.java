package org.mailsonar.check.ldap;

import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp;
import com.unboundid.ldap.protocol.UnbindRequestProtocolOp;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.EOFException;
import java.io.IOException;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.ldap.LdapLine.Answer;
import org.mailsonar.check.protocol.CheckSettings;
import org.mailsonar.check.protocol.CheckTrouble;
import org.mailsonar.check.protocol.Connection;
import org.mailsonar.check.protocol.Connector;
import org.mailsonar.check.protocol.Login;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.time.TimeSource;

/**
 * Looks at a directory: encrypts, binds (anonymously without a login), searches and counts. Of a bind that is refused there is one, so no
 * account is locked by it.
 */
public final class LdapCheck implements Check {

    private static final String START_TLS = "1.3.6.1.4.1.1466.20037";

    private final CheckSettings settings;
    private final LdapSearch search;
    private final Connector connector;

    private LdapCheck(CheckSettings settings, TimeSource time) {
        this.settings = settings;
        this.search = LdapSearch.of(settings.url());
        this.connector = new Connector(settings, time);
    }

    /**
     * A check of an ldap or ldaps URL; the login's user is a distinguished name.
     *
     * @throws IllegalArgumentException in words for people, when an option makes no sense
     */
    public static Check of(CheckSettings settings, TimeSource time) {
        return new LdapCheck(settings, time);
    }

    @Override
    public String name() {
        return settings.url().toString();
    }

    @Override
    public CheckResult run() throws InterruptedException {
        return connector.visit(this::talk);
    }

    private void talk(Connection connection) throws CheckTrouble, IOException {
        LdapLine line = new LdapLine(connection);
        if (connection.security() != Security.IMPLICIT && connection.security() != Security.NONE) {
            startTls(connection, line);
        }
        bind(connection, line);
        search(connection, line);
        line.send(new UnbindRequestProtocolOp());
    }

    private static void startTls(Connection connection, LdapLine line) throws CheckTrouble, IOException {
        connection.step("StartTLS", Stage.TLS, "answer to StartTLS");
        connection.said("extended request StartTLS");
        line.send(new ExtendedRequestProtocolOp(START_TLS, null));
        Answer answer = answer(connection, line);
        if (answer.code() == 0) {
            connection.startTls("StartTLS TLS");
            return;
        }
        // This code says that there is none (RFC 4511 §4.14.2); all others say that it does not work.
        boolean isMissing = answer.code() == ResultCode.PROTOCOL_ERROR_INT_VALUE;
        Kind kind = isMissing ? Kind.NOT_OFFERED : Kind.TLS_FAILED;
        String told = (isMissing ? "the server does not offer StartTLS: " : "StartTLS fails: ") + words(answer);
        if (connection.security() == Security.REQUIRED) {
            throw connection.failure(Stage.TLS, kind, told);
        }
        if (!isMissing) {
            connection.warn(Stage.TLS, kind, told);
        }
    }

    private void bind(Connection connection, LdapLine line) throws CheckTrouble, IOException {
        Login login = settings.login();
        if (login != null) {
            connection.requireSafety();
        }
        connection.step("bind", Stage.LOGIN, "answer to the bind");
        connection.said("bind " + (login == null ? "anonymously" : login.user() + " (password not shown)"));
        line.send(
                login == null
                        ? new BindRequestProtocolOp("", "")
                        : new BindRequestProtocolOp(login.user(), login.password()));
        Answer answer = answer(connection, line);
        if (answer.code() != 0) {
            throw connection.failure(
                    Stage.LOGIN,
                    kind(answer),
                    "the server refuses " + (login == null ? "an anonymous bind" : "the login") + ": " + words(answer));
        }
    }

    private void search(Connection connection, LdapLine line) throws CheckTrouble, IOException {
        connection.step("search", Stage.COMMAND, "end of the search");
        connection.said("search " + search.words());
        line.send(search.request(settings.limits().timeout()));
        int found = 0;
        ProtocolOp message = next(connection, line);
        while (message instanceof SearchResultEntryProtocolOp || message instanceof SearchResultReferenceProtocolOp) {
            found += message instanceof SearchResultEntryProtocolOp ? 1 : 0;
            if (found > search.limit()) {
                throw connection.failure(
                        Stage.COMMAND,
                        Kind.NONSENSE,
                        "the server sends more entries than the " + search.limit() + " that were asked for");
            }
            message = next(connection, line);
        }
        Answer answer = answer(connection, line, message);
        connection.heard(found + " entries");
        connection.measure(Measure.of("entries", found, ""));
        if (answer.code() != 0 && answer.code() != ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE) {
            throw connection.failure(Stage.COMMAND, kind(answer), "the search failed: " + words(answer));
        }
        String complaint = search.complaint(found);
        if (!complaint.isEmpty()) {
            throw connection.failure(Stage.RESULT, Kind.UNEXPECTED, complaint + ": search " + search.words());
        }
        connection.done((settings.login() == null ? "" : "logged in, ")
                + (answer.code() == 0 ? "" : "at least ")
                + found
                + (found == 1 ? " entry" : " entries"));
    }

    private static Answer answer(Connection connection, LdapLine line) throws CheckTrouble, IOException {
        return answer(connection, line, next(connection, line));
    }

    private static Answer answer(Connection connection, LdapLine line, ProtocolOp message) throws CheckTrouble {
        Answer answer = line.result(message);
        if (answer == null) {
            throw connection.failure(Kind.NONSENSE, "the server answered with something that was not asked for");
        }
        connection.heard(words(answer));
        return answer;
    }

    private static ProtocolOp next(Connection connection, LdapLine line) throws CheckTrouble, IOException {
        try {
            return line.next();
        } catch (EOFException ended) {
            String why = ended.getMessage();
            throw connection.failure(
                    Kind.CLOSED, "the server ended the connection" + (why == null || why.isEmpty() ? "" : ": " + why));
        } catch (LdapLine.NonsenseException nonsense) {
            throw connection.failure(Kind.NONSENSE, "what came is not of the protocol: " + nonsense.getMessage());
        }
    }

    private static Kind kind(Answer answer) {
        return switch (answer.code()) {
            case ResultCode.BUSY_INT_VALUE, ResultCode.UNAVAILABLE_INT_VALUE -> Kind.DEFERRED;
            case ResultCode.TIME_LIMIT_EXCEEDED_INT_VALUE -> Kind.TIME_OUT;
            case ResultCode.PROTOCOL_ERROR_INT_VALUE -> Kind.NONSENSE;
            default -> Kind.REJECTED;
        };
    }

    private static String words(Answer answer) {
        return answer.code() + " " + ResultCode.valueOf(answer.code()).getName()
                + (answer.words().isEmpty() ? "" : ", " + answer.words());
    }
}
