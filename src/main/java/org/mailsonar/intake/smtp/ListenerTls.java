package org.mailsonar.intake.smtp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.mailsonar.time.TimeSource;

/**
 * TLS 1.2 and 1.3 (RFC 8996 deprecates what is older) for the connections of one listener, by Java's own provider. A handshake
 * has ten seconds, and its long computations run on a virtual thread, so it holds up nobody. Thread-safe.
 */
final class ListenerTls {

    private static final long HANDSHAKE_SECONDS = 10;
    private static final int MOST_SESSIONS_KEPT = 1000;

    private final SSLContext context;

    private ListenerTls(SSLContext context) {
        this.context = context;
    }

    /** @throws TlsFileException if the files cannot be used */
    static ListenerTls open(TlsFiles files, TimeSource time) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new RenewingKeyManager(files, time)}, null, null);
            context.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS_KEPT);
            return new ListenerTls(context);
        } catch (NoSuchAlgorithmException | KeyManagementException impossible) {
            throw new IllegalStateException("every Java platform has TLS", impossible);
        }
    }

    /** Makes a new connection begin with a handshake; to be called before its own handler is added. */
    void beginWith(Channel channel) {
        channel.pipeline().addLast(handler(), new TlsGate(true));
    }

    /** Makes all that comes from now on TLS; to be called on the connection's thread. */
    void startBefore(ChannelHandler connection, ChannelPipeline pipeline) {
        String name = pipeline.context(connection).name();
        for (ChannelHandler handler : List.of(handler(), new TlsGate(false))) {
            pipeline.addBefore(name, null, handler);
        }
    }

    SslHandler handler() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        SslHandler handler =
                new SslHandler(engine, task -> Thread.ofVirtual().name("tls").start(task));
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }
}
