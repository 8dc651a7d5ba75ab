package org.mailsonar.check.instance;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.mailsonar.message.OneLine;

/**
 * A place where an instance should take connections.
 *
 * @param host a name or an address, without brackets; or the path of a socket, with port 0
 * @param greetings what the server's first line may begin with; empty where the client speaks first, as with TLS from the start
 * @param goodbye what to say at the end
 */
record Listener(String host, int port, List<String> greetings, String goodbye) {

    private static final int LONGEST_LINE = 1024;

    Listener {
        greetings = List.copyOf(greetings);
    }

    /** What it is like: running, stopped when nobody listens, unknown when somebody does and nothing sensible comes. */
    record Answer(InstanceState state, String words) {

        /** The same, but unknown instead of stopped. */
        Answer unlessStopped(String otherWords) {
            return state == InstanceState.STOPPED ? new Answer(InstanceState.UNKNOWN, otherWords) : this;
        }
    }

    /** Connects to it once. */
    Answer ask(Duration limit) {
        if (port == 0) {
            return socket();
        }
        int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, limit.toMillis()));
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                return new Answer(InstanceState.UNKNOWN, "there is no address of " + host);
            }
            socket.connect(address, millis);
            return greetings.isEmpty() ? new Answer(InstanceState.RUNNING, "") : greeted(socket, millis);
        } catch (ConnectException refused) {
            return new Answer(InstanceState.STOPPED, "nobody listens there");
        } catch (SocketTimeoutException silent) {
            return new Answer(InstanceState.UNKNOWN, "no connection within " + limit.toMillis() / 1000.0 + " s");
        } catch (IOException failed) {
            return new Answer(
                    InstanceState.UNKNOWN, OneLine.printable("no connection: " + String.valueOf(failed.getMessage())));
        }
    }

    /** That it takes the connection has to do: a greeting from there could not be waited for with a limit. */
    private Answer socket() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(host))) {
            return new Answer(InstanceState.RUNNING, "");
        } catch (ConnectException refused) {
            return new Answer(InstanceState.STOPPED, "nobody listens there");
        } catch (IOException failed) {
            boolean missing = String.valueOf(failed.getMessage()).contains("No such file");
            return new Answer(
                    missing ? InstanceState.STOPPED : InstanceState.UNKNOWN,
                    missing ? "nobody listens there" : OneLine.printable("no connection: " + failed.getMessage()));
        }
    }

    private Answer greeted(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        String line;
        try {
            line = firstLine(socket.getInputStream());
            socket.getOutputStream().write(goodbye.getBytes(StandardCharsets.US_ASCII));
        } catch (SocketTimeoutException silent) {
            return new Answer(
                    InstanceState.UNKNOWN, "takes connections and does not greet within " + millis / 1000.0 + " s");
        } catch (IOException closed) {
            return new Answer(InstanceState.UNKNOWN, "takes connections and ends them without a greeting");
        }
        if (greetings.stream().anyMatch(line::startsWith)) {
            return new Answer(InstanceState.RUNNING, "");
        }
        return new Answer(
                InstanceState.UNKNOWN,
                line.isEmpty()
                        ? "takes connections and ends them without a greeting"
                        : OneLine.ascii("greets with: " + line));
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_LINE; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** As people write it: {@code 127.0.0.1:25}, {@code [::1]:25}. */
    @Override
    public String toString() {
        if (port == 0) {
            return host;
        }
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
