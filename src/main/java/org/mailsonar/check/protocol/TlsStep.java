package org.mailsonar.check.protocol;

import java.io.IOException;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.message.OneLine;

/** Encrypts a check's connection, and says what is wrong where that fails. */
record TlsStep(CheckSettings settings, TlsDoor door) {

    /**
     * Encrypts.
     *
     * @param isGivenUp whether it was this side that ended the connection
     */
    SSLSocket take(Socket plain, BooleanSupplier isGivenUp, Progress progress) throws CheckTrouble, IOException {
        CheckUrl url = settings.url();
        String name = settings.tls().name();
        try {
            SSLSocket socket = door.over(plain, name == null ? url.host() : name, url.port());
            progress.encrypted(CertificateFacts.of(socket.getSession()));
            progress.transcript()
                    .note(socket.getSession().getProtocol() + " "
                            + socket.getSession().getCipherSuite());
            return socket;
        } catch (IOException e) {
            CertificateRejection rejection = TlsDoor.rejection(e);
            if (rejection == null && isGivenUp.getAsBoolean()) {
                throw e;
            }
            throw noTls(e, rejection, progress);
        }
    }

    private CheckTrouble noTls(IOException failure, @Nullable CertificateRejection rejection, Progress progress) {
        progress.encrypted(rejection == null ? null : rejection.facts());
        boolean isTried = settings.tls().security() == Security.IF_OFFERED
                && !progress.isImplicitTls()
                && settings.login() == null;
        State state = isTried ? State.WARNING : State.FAILING;
        return rejection == null
                ? CheckTrouble.broken(
                        state,
                        Stage.TLS,
                        Kind.TLS_FAILED,
                        OneLine.ascii((progress.isImplicitTls()
                                        ? "TLS failed: "
                                        : "STARTTLS is offered, and then TLS fails: ")
                                + failure.getMessage()))
                : CheckTrouble.broken(state, Stage.TLS, Kind.CERTIFICATE, String.valueOf(rejection.getMessage()));
    }
}
