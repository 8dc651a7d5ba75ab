package org.mailsonar.intake.smtp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.james.protocols.netty.AbstractAsyncServer;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.TimeSource;

/**
 * The network side of a listener: James's server with one event loop for all connections, and the handlers beside it in {@link
 * MailDesk}. James's own {@code NettyServer} is not used, since it runs handlers on sixteen fixed threads and hands every line
 * to them one by one. Thread-safe.
 */
final class SmtpServer extends AbstractAsyncServer {

    private static final int LARGEST_CHUNK = 16 * 1024;
    private static final int PAGE_SIZE = 8 * 1024;
    private static final int PAGES_AS_POWER_OF_TWO = 5;
    private static final int THREAD_STOP_SECONDS = 5;

    private final ListenerSettings settings;
    private final SmtpProtocol protocol;
    private final @Nullable ListenerTls tls;
    private final MailDesk desk;
    private final TimeSource time;
    private final SmtpReply greeting;
    private final Set<SmtpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile @Nullable EventLoopGroup loops;
    private volatile @Nullable Channel acceptor;

    /** @param tls as the settings name it */
    SmtpServer(ListenerSettings settings, @Nullable ListenerTls tls, MailDesk desk, TimeSource time) {
        this.settings = settings;
        this.protocol = SmtpProtocol.of(settings, tls);
        this.tls = tls;
        this.desk = desk;
        this.time = time;
        this.greeting = SmtpReply.of(
                "220 " + settings.hostName() + " " + settings.protocol().greeting() + " Mailsonar");
        jmxName = "smtp-listener";
        setListenAddresses(new InetSocketAddress(settings.host(), settings.port()));
        // Commands take microseconds: a second loop would bring context switches and memory, and no speed.
        setIoWorkerCount(1);
        setBossWorkerCount(Optional.empty());
    }

    /** Begins to listen. */
    void open() {
        try {
            bind();
        } catch (Exception failure) {
            stopThreads();
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new CannotListenException(settings.host(), settings.port(), failure);
        }
    }

    /** The port that it listens on. */
    int port() {
        return getListenAddresses().getFirst().getPort();
    }

    /** Takes no more connections, and ends each that there is once its message is answered; does not wait. */
    void stopAccepting() {
        Channel listening = acceptor;
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        connections.forEach(SmtpConnection::shutDown);
    }

    /** Ends all connections and the threads. */
    void close() {
        stopThreads();
        unbind();
    }

    @Override
    protected void configureBootstrap(ServerBootstrap bootstrap) {
        super.configureBootstrap(bootstrap);
        // One arena with chunks of 256 KiB instead of 4 MiB for each core: some chunks of 16 KiB are all that is ever
        // in use.
        bootstrap.childOption(
                ChannelOption.ALLOCATOR,
                new PooledByteBufAllocator(true, 0, 1, PAGE_SIZE, PAGES_AS_POWER_OF_TWO, 0, 0, false));
        bootstrap.childOption(
                ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2048, LARGEST_CHUNK));
        // Who sends all and closes its side, as "printf ... | nc" does, still gets the replies.
        bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        bootstrap.handler(new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext context) {
                acceptor = context.channel();
            }
        });
        loops = bootstrap.config().childGroup();
    }

    @Override
    protected ChannelInitializer<SocketChannel> createPipelineFactory() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                long idleMillis = settings.idleLimit().toMillis();
                // A reply counts too: after a handler's long work the client has its full time again.
                channel.pipeline().addLast(new IdleStateHandler(0, 0, idleMillis, TimeUnit.MILLISECONDS));
                if (tls != null && settings.protocol().beginsWithTls()) {
                    tls.beginWith(channel);
                }
                channel.pipeline().addLast(admit(channel));
            }
        };
    }

    private SmtpConnection admit(Channel channel) {
        boolean full = connections.size() >= settings.maxConnections();
        SmtpConnection connection = new SmtpConnection(
                channel, full ? SmtpReply.FULL : greeting, protocol, desk, time, settings.maxMessageSize());
        connections.add(connection);
        channel.closeFuture().addListener(_ -> connections.remove(connection));
        return connection;
    }

    private void stopThreads() {
        EventLoopGroup running = loops;
        if (running != null) {
            // James would wait two seconds in case something comes; nothing does, so the first call sets that to none.
            var _ = running.shutdownGracefully(0, THREAD_STOP_SECONDS, TimeUnit.SECONDS);
            running.terminationFuture().awaitUninterruptibly();
        }
    }
}
