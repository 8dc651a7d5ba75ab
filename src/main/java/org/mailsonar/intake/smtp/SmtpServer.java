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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.james.protocols.netty.AbstractAsyncServer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
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
    private static final long SHORTEST_ROUND_MILLIS = 10;
    private static final long LONGEST_ROUND_MILLIS = 1000;

    private static final Logger LOG = LogManager.getLogger(SmtpServer.class);

    /**
     * What a client meets who connects now; those who are connected keep what they met.
     *
     * @param settings the limits
     * @param protocol the dialogue by these settings
     * @param greeting its first words
     * @param tls as the settings name it
     */
    private record Terms(
            ListenerSettings settings,
            SmtpProtocol protocol,
            SmtpReply greeting,
            @Nullable ListenerTls tls) {

        static Terms of(ListenerSettings settings, @Nullable ListenerTls tls) {
            return new Terms(
                    settings,
                    SmtpProtocol.of(settings, tls),
                    SmtpReply.of("220 " + settings.hostName() + " "
                            + settings.protocol().greeting() + " Mailsonar"),
                    tls);
        }
    }

    private final ListenerSettings place;
    private final MailDesk desk;
    private final TimeSource time;
    private volatile Terms terms;
    private final Set<SmtpConnection> connections = ConcurrentHashMap.newKeySet();
    private final ClientCount clients;
    private final ContentMemory memory;
    private volatile @Nullable EventLoopGroup loops;
    private volatile @Nullable Channel acceptor;

    /** @param tls as the settings name it */
    SmtpServer(ListenerSettings settings, @Nullable ListenerTls tls, MailDesk desk, TimeSource time) {
        this.place = settings;
        this.terms = Terms.of(settings, tls);
        this.desk = desk;
        this.time = time;
        this.clients = new ClientCount(settings.limits());
        this.memory = new ContentMemory(settings.limits().memory());
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
            throw new CannotListenException(place.host(), place.port(), failure);
        }
        goRounds();
    }

    /** Looks at all connections once in a while; one task for all of them costs less than one for each. */
    private void goRounds() {
        SessionLimits limits = terms.settings().limits().session();
        long shortest = Math.min(
                limits.patience().shortest().toMillis(),
                limits.patienceUnderLoad().shortest().toMillis());
        long pause = Math.clamp(shortest / 4, SHORTEST_ROUND_MILLIS, LONGEST_ROUND_MILLIS);
        EventLoopGroup running = loops;
        if (running != null) {
            var _ = running.scheduleWithFixedDelay(this::inspectAll, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void inspectAll() {
        SessionLimits limits = terms.settings().limits().session();
        Patience patience = clients.isNearlyFull() ? limits.patienceUnderLoad() : limits.patience();
        for (SmtpConnection connection : connections) {
            try {
                connection.inspect(patience);
            } catch (RuntimeException failure) {
                // Thrown on, it would end the rounds for everybody.
                LOG.error("a connection could not be inspected: {}", ReplyText.of(failure));
            }
        }
    }

    /** The port that it listens on. */
    int port() {
        return getListenAddresses().getFirst().getPort();
    }

    /** Other settings for those who connect from now on; host and port stay what they are. */
    void change(ListenerSettings settings, @Nullable ListenerTls tls) {
        terms = Terms.of(settings, tls);
        clients.limit(settings.limits());
        memory.limit(settings.limits().memory());
    }

    /** How many clients are connected. */
    int connections() {
        return connections.size();
    }

    /** Whether clients can connect. */
    boolean isListening() {
        Channel listening = acceptor;
        return listening != null && listening.isActive();
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
                Terms now = terms;
                if (now.tls() != null && now.settings().protocol().beginsWithTls()) {
                    now.tls().beginWith(channel);
                }
                admit(channel, now);
            }
        };
    }

    private void admit(Channel channel, Terms now) {
        ListenerLimits limits = now.settings().limits();
        InetAddress client = SmtpTransport.clientOf(channel).getAddress();
        @Nullable SmtpReply refusal = clients.enter(client);
        SmtpContentReader content = new SmtpContentReader(limits.messageSize(), memory);
        SmtpConnection connection = new SmtpConnection(
                channel,
                refusal == null ? now.greeting() : refusal,
                now.protocol(),
                desk,
                time,
                content,
                limits.session());
        connections.add(connection);
        channel.closeFuture().addListener(_ -> {
            connections.remove(connection);
            if (refusal == null) {
                clients.leave(client);
            }
        });
        Duration pause = limits.session().greetingPause();
        if (refusal == null && !pause.isZero()) {
            channel.pipeline().addLast(new GreetingPause(pause));
        }
        channel.pipeline().addLast(connection);
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
