package org.mailsonar.check.protocol;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.message.OneLine;
import org.mailsonar.net.TimeGuard;
import org.mailsonar.time.TimeSource;

/**
 * For checks whose protocol is no dialogue of lines: opens their one connection, ends it in time, and makes the result of what happened, in the
 * same words as for all others. Thread-safe.
 */
public final class Connector {

    private final CheckSettings settings;
    private final TimeSource time;
    private final Blanks blanks;
    private final Dialling dialling;
    private final TlsDoor door;
    private final ResultText words;

    /**
     * Connects to the host of a URL.
     *
     * @throws IllegalArgumentException in words for people, when the settings make no sense
     */
    public Connector(CheckSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.blanks = new Blanks(settings);
        this.dialling = new Dialling(settings.url(), settings.limits().timeout());
        this.door = new TlsDoor(settings.tls(), time);
        this.words = new ResultText(settings, blanks);
    }

    /** What is said on a connection. */
    @FunctionalInterface
    public interface Talk {

        /**
         * Says and hears everything.
         *
         * @throws CheckTrouble when something is wrong
         * @throws IOException when the connection breaks, which it does when time is up
         */
        void hold(Connection connection) throws CheckTrouble, IOException;
    }

    /** Connects, encrypts where that comes first, and lets one talk. */
    public CheckResult visit(Talk talk) throws InterruptedException {
        return visit(talk, Duration.ZERO);
    }

    /**
     * The same as a later part of a check that goes to several places.
     *
     * @param earlier how long the earlier ones took; counts for all limits, and in the result
     */
    public CheckResult visit(Talk talk, Duration earlier) throws InterruptedException {
        Progress progress = new Progress(time, blanks, earlier);
        try {
            InetAddress address = dialling.lookUp(progress);
            progress.next("connect", Stage.CONNECT, "connection");
            try (Socket socket = dialling.connect(address, progress)) {
                progress.end();
                talk(talk, socket, progress);
            } catch (IOException broken) {
                throw CheckTrouble.broken(Stage.CONNECT, Kind.CLOSED, "the connection broke: " + broken.getMessage());
            }
            return words.good(progress);
        } catch (CheckTrouble trouble) {
            progress.end();
            return words.of(progress, trouble);
        }
    }

    private void talk(Talk talk, Socket socket, Progress progress) throws CheckTrouble, InterruptedException {
        Duration limit = settings.limits().timeout();
        try (TimeGuard guard = TimeGuard.start(socket, limit.minus(progress.elapsed()))) {
            Connection connection = new Connection(settings, door, socket, guard, progress, blanks);
            try {
                if (settings.tls().security() == Security.IMPLICIT) {
                    progress.beginsEncrypted();
                    connection.encrypt("TLS");
                }
                talk.hold(connection);
                progress.end();
                progress.worked();
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                throw guard.hasExpired()
                        ? CheckTrouble.broken(
                                progress.stage(),
                                Kind.TIME_OUT,
                                "no " + progress.awaited() + " within " + Words.of(limit))
                        : CheckTrouble.broken(
                                progress.stage(),
                                Kind.CLOSED,
                                OneLine.ascii("the connection broke before the " + progress.awaited() + ": "
                                        + e.getMessage()));
            }
        }
    }
}
