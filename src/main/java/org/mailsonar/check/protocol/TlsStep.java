package org.mailsonar.check.protocol;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.message.OneLine;
import org.mailsonar.net.TimeGuard;

/** Encrypts a check's connection, and says what is wrong where that fails. */
record TlsStep(CheckSettings settings, TlsDoor door) {

    /**
     * Encrypts.
     *
     * @param guard closes the connection when time is up
     * @throws IOException when this side gave up
     * @throws CheckTrouble when it does not work
     */
    SSLSocket take(Socket plain, TimeGuard guard, Progress progress) throws CheckTrouble, IOException {
        CheckUrl url = settings.url();
        String name = settings.tls().name();
        try {
            SSLSocket socket = open(plain, name == null ? url.host() : name, url.port(), progress);
            progress.encrypted(CertificateFacts.of(socket.getSession()));
            progress.transcript()
                    .note(socket.getSession().getProtocol() + " "
                            + socket.getSession().getCipherSuite());
            return socket;
        } catch (IOException e) {
            CertificateRejection rejection = TlsDoor.rejection(e);
            // The socket itself does not tell: Java closes it when a handshake fails.
            if (rejection == null
                    && (guard.hasExpired() || Thread.currentThread().isInterrupted())) {
                throw e;
            }
            throw noTls(e, rejection, progress);
        }
    }

    /** Where it is only tried and nobody logs in, a bad certificate is noted, and one looks further, as mail servers do. */
    private SSLSocket open(Socket plain, String name, int port, Progress progress) throws IOException {
        return isTried(progress)
                ? door.anyhowOver(plain, name, port, rejection -> progress.note(trouble(State.WARNING, rejection)))
                : door.over(plain, name, port);
    }

    private boolean isTried(Progress progress) {
        return settings.tls().security() == Security.IF_OFFERED
                && !progress.isImplicitTls()
                && settings.login() == null;
    }

    private static CheckTrouble trouble(State state, CertificateRejection rejection) {
        return CheckTrouble.broken(state, Stage.TLS, Kind.CERTIFICATE, String.valueOf(rejection.getMessage()));
    }

    private CheckTrouble noTls(IOException failure, @Nullable CertificateRejection rejection, Progress progress) {
        progress.encrypted(rejection == null ? null : rejection.facts());
        State state = isTried(progress) ? State.WARNING : State.FAILING;
        return rejection == null
                ? CheckTrouble.broken(
                        state,
                        Stage.TLS,
                        Kind.TLS_FAILED,
                        OneLine.ascii((progress.isImplicitTls()
                                        ? "TLS failed: "
                                        : "STARTTLS is offered, and then TLS fails: ")
                                + failure.getMessage()))
                : trouble(state, rejection);
    }
}
