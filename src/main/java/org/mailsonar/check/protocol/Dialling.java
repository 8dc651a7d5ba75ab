package org.mailsonar.check.protocol;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.message.OneLine;
import org.mailsonar.net.HostLookup;

/** Connects to one address: the first of the host's, of a family if that is told. There is no second try. Thread-safe. */
final class Dialling {

    private final CheckUrl url;
    private final Duration limit;

    /**
     * To the host of a URL.
     *
     * @param limit of the whole check
     * @throws IllegalArgumentException when its option {@code ip} is not 4 or 6
     */
    Dialling(CheckUrl url, Duration limit) {
        this.url = url;
        this.limit = limit;
        String family = url.options().getOrDefault("ip", "4");
        if (!family.equals("4") && !family.equals("6")) {
            throw new IllegalArgumentException(url + ": ip is 4 or 6");
        }
    }

    InetAddress lookUp(Progress progress) throws CheckTrouble, InterruptedException {
        try {
            InetAddress[] all = HostLookup.find(url.host(), limit.minus(progress.elapsed()));
            String family = url.options().get("ip");
            InetAddress[] fitting = Arrays.stream(all)
                    .filter(address -> family == null || family.equals("4") == address instanceof Inet4Address)
                    .toArray(InetAddress[]::new);
            if (fitting.length == 0) {
                throw noHost(url.host() + " has no IPv" + family + " address");
            }
            if (fitting.length > 1) {
                progress.transcript()
                        .note(url.host() + " has " + fitting.length + " addresses; the first one is looked at");
            }
            return fitting[0];
        } catch (UnknownHostException e) {
            throw noHost("there is no host " + url.host() + " that the name servers here know: look at its spelling");
        } catch (TimeoutException e) {
            throw noHost("no answer of a name server about " + url.host() + " within " + Words.of(limit));
        }
    }

    Socket connect(InetAddress address, Progress progress) throws CheckTrouble, InterruptedException {
        Duration left = limit.minus(progress.elapsed());
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, url.port()), (int) Math.max(1, left.toMillis()));
            progress.transcript().note("connected to " + address.getHostAddress() + " port " + url.port());
            return socket;
        } catch (IOException e) {
            close(socket);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw trouble(e, address.getHostAddress() + " port " + url.port());
        }
    }

    private CheckTrouble trouble(IOException failure, String where) {
        String reason = String.valueOf(failure.getMessage());
        if (failure instanceof SocketTimeoutException) {
            return CheckTrouble.broken(
                    Stage.CONNECT,
                    Kind.TIME_OUT,
                    where + ": no connection within " + Words.of(limit)
                            + ": the machine is down, or something on the way swallows the packets");
        }
        if (failure instanceof ConnectException
                && reason.toLowerCase(Locale.ROOT).contains("refused")) {
            return CheckTrouble.broken(
                    Stage.CONNECT, Kind.REFUSED, where + ": connection refused: nobody listens there");
        }
        return CheckTrouble.broken(Stage.CONNECT, Kind.UNREACHABLE, OneLine.ascii(where + ": no way there: " + reason));
    }

    private static CheckTrouble noHost(String text) {
        return CheckTrouble.broken(State.UNKNOWN, Stage.LOOK_UP, Kind.NO_SUCH_HOST, text);
    }

    static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException ignored) {
            // Nothing is left to be done with it.
        }
    }
}
