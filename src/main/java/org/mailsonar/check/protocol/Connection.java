package org.mailsonar.check.protocol;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.message.OneLine;
import org.mailsonar.net.TimeGuard;

/** One connection of a check, and what is seen on it. Its streams end in time: nobody has to set a time limit of his own. One thread. */
public final class Connection {

    private final CheckSettings settings;
    private final TlsDoor door;
    private final Socket plain;
    private final TimeGuard guard;
    private final Progress progress;
    private final Blanks blanks;
    private Socket socket;

    Connection(CheckSettings settings, TlsDoor door, Socket plain, TimeGuard guard, Progress progress, Blanks blanks) {
        this.settings = settings;
        this.door = door;
        this.plain = plain;
        this.guard = guard;
        this.socket = plain;
        this.progress = progress;
        this.blanks = blanks;
    }

    /** The connection as it is now, encrypted or not. */
    public Socket socket() {
        return socket;
    }

    /** What is asked of its encryption. */
    public Security security() {
        return settings.tls().security();
    }

    /** The step that is being done ends, and this one begins. */
    public void step(String name, Stage stage, String awaited) {
        progress.next(name, stage, awaited);
    }

    /** All is done that was asked for; what is well about it, in a few words. */
    public void done(String summary) {
        progress.end();
        progress.greeted(summary);
    }

    /** A line of ours for the transcript, without secrets. */
    public void said(String line) {
        progress.transcript().said(line);
    }

    /** A line of the server's for the transcript. */
    public void heard(String line) {
        progress.transcript().heard(line);
    }

    /** A server's words in printable ASCII, without secrets: some repeat what they did not like. */
    public String shown(String words) {
        return OneLine.ascii(blanks.without(words));
    }

    /** Adds something counted. */
    public void measure(Measure measure) {
        progress.measured(measure);
    }

    /** Something is not right and does not keep one from going on. */
    public void warn(Stage stage, Kind kind, String text) {
        progress.note(CheckTrouble.broken(State.WARNING, stage, kind, text));
    }

    /** What is to be thrown when the server does not work, at the stage where one is. */
    public CheckTrouble failure(Kind kind, String text) {
        return failure(progress.stage(), kind, text);
    }

    /** The same at another stage. */
    public CheckTrouble failure(Stage stage, Kind kind, String text) {
        return CheckTrouble.broken(stage, kind, text);
    }

    /**
     * Begins encryption that the server agreed to.
     *
     * @throws CheckTrouble when it fails, or the certificate is not accepted
     */
    public void startTls(String step) throws CheckTrouble, IOException {
        if (plain.getInputStream().available() > 0) {
            throw failure(
                    Stage.TLS,
                    Kind.NONSENSE,
                    "the server, or someone in between, went on talking before TLS began (CVE-2011-0411)");
        }
        encrypt(step);
    }

    /**
     * Makes sure that a login can be sent: the connection is encrypted, or the server is on this machine.
     *
     * @throws CheckTrouble when it is neither
     */
    public void requireSafety() throws CheckTrouble {
        if (socket instanceof SSLSocket || plain.getInetAddress().isLoopbackAddress()) {
            return;
        }
        boolean ours = security() == Security.NONE;
        throw CheckTrouble.broken(
                ours ? State.UNKNOWN : State.FAILING,
                ours ? Stage.SET_UP : Stage.LOGIN,
                ours ? Kind.MISCONFIGURED : Kind.NOT_OFFERED,
                "the login is not sent unencrypted over the network: "
                        + (ours ? "look at this server over TLS" : "the server offers no encryption that works"));
    }

    void encrypt(String step) throws CheckTrouble, IOException {
        step(step, Stage.TLS, "end of the TLS handshake");
        socket = new TlsStep(settings, door).take(plain, guard, progress);
        progress.end();
    }
}
