package org.mailsonar.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mailsonar.net.AddressLiteral;
import org.mailsonar.net.HostLookup;

/**
 * Opens connections to one server up to the point where mail can be sent: greeting, EHLO, STARTTLS, AUTH. A server that
 * declines any of it says nothing about a message, so all of it is {@link SmtpTrouble}. Thread-safe.
 */
final class SmtpDoor {

    private final SmtpSettings settings;
    private final TlsClient tls;

    SmtpDoor(SmtpSettings settings) {
        this.settings = settings;
        this.tls = new TlsClient(settings);
    }

    /** A new connection, ready for MAIL. */
    SmtpConnection open() throws SmtpTrouble {
        return open(null);
    }

    /** The same, recorded. */
    SmtpConnection open(@Nullable Transcript transcript) throws SmtpTrouble {
        SmtpConnection connection = connect();
        if (transcript != null) {
            transcript.note("connected to " + connection.peerAddress().getHostAddress() + " port " + settings.port());
        }
        connection.record(transcript);
        try {
            prepare(connection);
            return connection;
        } catch (SmtpTrouble e) {
            if (e.kind() == SmtpTrouble.Kind.DECLINED) {
                connection.quit();
            } else {
                connection.close();
            }
            throw e;
        }
    }

    private void prepare(SmtpConnection connection) throws SmtpTrouble {
        if (settings.security() == TransportSecurity.IMPLICIT) {
            connection.encrypt(tls);
        }
        // RFC 5321 §4.3.1: wait for the greeting; servers refuse who talks first.
        SmtpReply greeting = connection.reply(
                "connecting, waiting for the greeting", settings.limits().reply());
        if (greeting.code() != 220) {
            throw SmtpTrouble.declined("greeted with " + greeting.text());
        }
        greet(connection);
        if (wantsStartTls(connection)) {
            startTls(connection);
        }
        SmtpLogin login = settings.login();
        if (login != null) {
            new SmtpAuthentication(connection, login).run();
        }
    }

    private void greet(SmtpConnection connection) throws SmtpTrouble {
        String name = heloName(connection);
        SmtpReply reply = connection.command("EHLO " + name + "\r\n", "EHLO");
        if (reply.isPositive()) {
            connection.offer(ServerFeatures.of(reply.lines()));
            return;
        }
        if (reply.isPermanent()) {
            reply = connection.command("HELO " + name + "\r\n", "HELO");
        }
        if (!reply.isPositive()) {
            throw SmtpTrouble.declined(reply.text() + " (after EHLO)");
        }
        connection.offer(ServerFeatures.NONE);
    }

    private boolean wantsStartTls(SmtpConnection connection) throws SmtpTrouble {
        boolean offered = connection.features().startTls();
        return switch (settings.security()) {
            case NONE, IMPLICIT -> false;
            case STARTTLS_IF_OFFERED -> offered;
            case STARTTLS_REQUIRED -> {
                if (!offered) {
                    throw SmtpTrouble.declined("the server does not offer STARTTLS, and starttls=require demands it");
                }
                yield true;
            }
        };
    }

    /** RFC 3207 §4.2: what was learnt before TLS is forgotten, so EHLO comes again. */
    private void startTls(SmtpConnection connection) throws SmtpTrouble {
        SmtpReply reply = connection.command("STARTTLS\r\n", "STARTTLS");
        if (reply.code() != 220) {
            throw SmtpTrouble.declined(reply.text() + " (after STARTTLS)");
        }
        connection.offer(ServerFeatures.NONE);
        connection.encrypt(tls);
        greet(connection);
    }

    private String heloName(SmtpConnection connection) {
        String name = settings.heloName();
        if (name != null) {
            return name;
        }
        return AddressLiteral.of(connection.localAddress());
    }

    private SmtpConnection connect() throws SmtpTrouble {
        long deadline = System.nanoTime() + settings.limits().connect().toNanos();
        InetAddress[] addresses = addresses();
        IOException failure = new IOException("no address");
        for (int i = 0; i < addresses.length; i++) {
            // What time is left is shared among the addresses left: a dead first one must not hide a live second one.
            long millis = (deadline - System.nanoTime()) / 1_000_000 / (addresses.length - i);
            try {
                return connect(addresses[i], (int) Math.max(1, millis));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure instanceof SocketTimeoutException
                ? SmtpTrouble.timeUp("connection", settings.limits().connect(), "")
                : SmtpTrouble.failed("cannot connect: " + failure.getMessage());
    }

    private InetAddress[] addresses() throws SmtpTrouble {
        try {
            return HostLookup.find(settings.host(), settings.limits().connect());
        } catch (UnknownHostException e) {
            throw SmtpTrouble.failed("the host name cannot be resolved");
        } catch (TimeoutException e) {
            throw SmtpTrouble.timeUp(
                    "answer of the name server", settings.limits().connect(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SmtpTrouble.failed("interrupted while the host name was looked up");
        }
    }

    private SmtpConnection connect(InetAddress address, int millis) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, settings.port()), millis);
            return new SmtpConnection(socket, settings.limits());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
