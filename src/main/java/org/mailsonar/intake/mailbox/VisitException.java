package org.mailsonar.intake.mailbox;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;

/** Why a mailbox cannot be visited, or not to the end. The message is one line for people, without secrets. */
public final class VisitException extends Exception {

    private static final long serialVersionUID = 1L;

    /** How servers say that the login may be good and something behind it is not (RFC 5530, RFC 3206, RFC 2449). */
    private static final List<String> NOT_NOW =
            List.of("[unavailable]", "[inuse]", "[in-use]", "[serverbug]", "[limit]", "[sys/temp]", "[login-delay]");

    private final transient Trouble trouble;

    private VisitException(MailboxTrouble told, Trouble trouble) {
        super(told.getMessage(), told);
        this.trouble = trouble;
    }

    /** What happened before or while it was logged in. */
    static VisitException opening(MailboxTrouble told) {
        return new VisitException(told, whileOpening(told));
    }

    /** What happened afterwards. */
    static VisitException reading(MailboxTrouble told) {
        return new VisitException(told, new Trouble(Stage.COMMAND, kind(told)));
    }

    /** How far one came, and what happened there. */
    public Trouble trouble() {
        return trouble;
    }

    private static Trouble whileOpening(MailboxTrouble told) {
        Kind kind = kind(told);
        return switch (kind) {
            case NO_SUCH_HOST -> new Trouble(Stage.LOOK_UP, kind);
            case REFUSED, UNREACHABLE -> new Trouble(Stage.CONNECT, kind);
            case TLS_FAILED, CERTIFICATE, NOT_OFFERED -> new Trouble(Stage.TLS, kind);
            case REJECTED, DEFERRED ->
                new Trouble(told.kind() == MailboxTrouble.Kind.SERVER ? Stage.COMMAND : Stage.LOGIN, kind);
            default -> new Trouble(stage(told), kind);
        };
    }

    private static Stage stage(MailboxTrouble told) {
        if (said(told).contains("connect timed out")) {
            return Stage.CONNECT;
        }
        return told.isGreeted() ? Stage.LOGIN : Stage.GREETING;
    }

    private static Kind kind(MailboxTrouble told) {
        for (Throwable cause = told; cause != null; cause = cause.getCause()) {
            Kind kind = network(cause);
            if (kind != Kind.NONSENSE) {
                return kind;
            }
        }
        String said = said(told);
        if (said.contains("timed out")) {
            return Kind.TIME_OUT;
        }
        if (told.kind() == MailboxTrouble.Kind.UNREACHABLE || said.contains("eof on socket")) {
            return Kind.CLOSED;
        }
        if (told.kind() == MailboxTrouble.Kind.SECURITY) {
            return said.contains("does not offer") ? Kind.NOT_OFFERED : Kind.CERTIFICATE;
        }
        return NOT_NOW.stream().anyMatch(said::contains) ? Kind.DEFERRED : Kind.REJECTED;
    }

    /** What a failure of the network is; nonsense where it is none of those. */
    private static Kind network(Throwable cause) {
        return switch (cause) {
            case UnknownHostException unknown -> Kind.NO_SUCH_HOST;
            case NoRouteToHostException noWay -> Kind.UNREACHABLE;
            case PortUnreachableException noWay -> Kind.UNREACHABLE;
            case ConnectException refused ->
                String.valueOf(refused.getMessage()).contains("timed out") ? Kind.TIME_OUT : Kind.REFUSED;
            case java.security.cert.CertificateException untrusted -> Kind.CERTIFICATE;
            case SSLException broken -> broken.getCause() == null ? Kind.TLS_FAILED : Kind.NONSENSE;
            default -> Kind.NONSENSE;
        };
    }

    private static String said(MailboxTrouble told) {
        return String.valueOf(told.getMessage()).toLowerCase(Locale.ROOT);
    }
}
