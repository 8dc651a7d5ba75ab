package org.mailsonar.check.protocol;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.OneLine;
import org.mailsonar.net.TimeGuard;
import org.mailsonar.time.TimeSource;

/** A check by a dialogue. Everything that takes long to make is made once, not at each run. Thread-safe. */
final class ProtocolCheck implements Check {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final CheckSettings settings;
    private final Dialogue dialogue;
    private final TimeSource time;
    private final Blanks blanks;
    private final ReplyJudge judge;
    private final Dialling dialling;
    private final TlsDoor tls;
    private final ResultText words;

    ProtocolCheck(CheckSettings settings, Dialogue dialogue, TimeSource time) {
        this.settings = settings;
        this.dialogue = dialogue;
        this.time = time;
        this.blanks = new Blanks(settings);
        this.judge = new ReplyJudge(blanks, settings);
        this.dialling = new Dialling(settings.url(), settings.limits().timeout());
        this.tls = new TlsDoor(settings.tls(), time);
        this.words = new ResultText(settings, blanks);
        requireSense();
    }

    private void requireSense() {
        CheckUrl url = settings.url();
        boolean logsIn = dialogue.exchanges().stream().anyMatch(one -> one.when() == Exchange.When.LOGIN);
        if (settings.login() != null && !logsIn) {
            throw new IllegalArgumentException(url + ": nobody logs in by " + dialogue.scheme() + ": remove the user");
        }
        boolean encrypts = dialogue.exchanges().stream().anyMatch(one -> one.role() == Exchange.Role.START_TLS);
        if (security() == Security.REQUIRED && !encrypts && !dialogue.implicitTls()) {
            throw new IllegalArgumentException(url + ": starttls=require, and nothing in the dialogue of "
                    + dialogue.scheme() + " begins encryption: give it an exchange with role: start-tls");
        }
        for (String name : new String[] {"from", "to"}) {
            String address = url.options().get(name);
            if (address != null) {
                EmailAddress.parse(address);
            }
        }
        if (!url.options().getOrDefault("hello", "a").matches("[A-Za-z0-9.:\\[\\]-]{1,255}")) {
            throw new IllegalArgumentException(url + ": hello is a host name or an address literal, [192.0.2.1]");
        }
    }

    @Override
    public String name() {
        return settings.url().toString();
    }

    @Override
    public CheckResult run() throws InterruptedException {
        Progress progress = new Progress(time, blanks);
        try {
            InetAddress address = dialling.lookUp(progress);
            progress.next("connect", Stage.CONNECT, "connection");
            try (Socket socket = dialling.connect(address, progress)) {
                progress.end();
                converse(socket, progress);
                return words.good(progress);
            } catch (IOException e) {
                throw CheckTrouble.broken(Stage.CONNECT, Kind.CLOSED, "the connection broke: " + e.getMessage());
            }
        } catch (CheckTrouble trouble) {
            progress.end();
            return words.of(progress, trouble);
        }
    }

    private void converse(Socket socket, Progress progress) throws CheckTrouble, InterruptedException, IOException {
        Duration left = settings.limits().timeout().minus(progress.elapsed());
        try (TimeGuard guard = TimeGuard.start(socket, left);
                Wire wire = new Wire(socket, guard)) {
            Conversation conversation = new Conversation(this, wire, progress);
            try {
                conversation.hold();
                progress.worked();
            } catch (CheckTrouble trouble) {
                progress.end();
                progress.worked();
                if (!trouble.isFinal()) {
                    part(conversation, socket, false);
                }
                throw trouble;
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                throw guard.hasExpired() ? timeUp(progress, wire) : lost(progress, e);
            }
            part(conversation, socket, true);
        }
    }

    private CheckTrouble timeUp(Progress progress, Wire wire) {
        String half = OneLine.ascii(blanks.without(wire.begun()));
        return CheckTrouble.broken(
                progress.stage(),
                Kind.TIME_OUT,
                "no " + progress.awaited() + " within "
                        + Words.of(settings.limits().timeout())
                        + (half.isEmpty() ? "" : "; only this has come of it: '" + half + "'"));
    }

    private static CheckTrouble lost(Progress progress, IOException failure) {
        return CheckTrouble.broken(
                progress.stage(),
                Kind.CLOSED,
                OneLine.ascii("the connection broke before the " + progress.awaited() + ": " + failure.getMessage()));
    }

    /** Within two seconds at most; the check is over, and nobody waits for that. */
    private void part(Conversation conversation, Socket socket, boolean all) throws CheckTrouble {
        try (TimeGuard _ = TimeGuard.start(socket, FAREWELL)) {
            conversation.part(all);
        }
    }

    /** Encrypts the connection. */
    void encrypt(Wire wire, Progress progress) throws CheckTrouble, IOException {
        wire.encrypted(new TlsStep(settings, tls).take(wire.plain(), wire.guard(), progress));
    }

    Dialogue dialogue() {
        return dialogue;
    }

    boolean isImplicitTls() {
        return dialogue.implicitTls() || security() == Security.IMPLICIT;
    }

    Security security() {
        return settings.tls().security();
    }

    @Nullable
    Login login() {
        return settings.login();
    }

    Blanks blanks() {
        return blanks;
    }

    ReplyJudge judge() {
        return judge;
    }
}
