package org.mailsonar.intake.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.TimeSource;

/**
 * One client's connection: turns what arrives into command lines and whole messages. Commands are answered at once on the
 * connection's event loop, since none of them blocks; only a whole message changes threads, so that a mail costs two hand-overs
 * and not one for each line. While its handler is at work nothing further is read, which keeps the order and bounds the memory.
 */
final class SmtpConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LogManager.getLogger(SmtpConnection.class);

    /** A connection that is kept open for the next mail costs no more than one that has sent none. */
    private static final Duration BUFFER_IS_KEPT = Duration.ofSeconds(1);

    private final Channel channel;
    private final SmtpReply greeting;
    private final SmtpProtocol protocol;
    private final MailDesk desk;
    private final TimeSource time;
    private final SmtpTransport transport;
    private final SmtpSession session;
    private final SmtpLineReader line = new SmtpLineReader();
    private final SmtpContentReader content;
    private final SessionConduct conduct;
    private final SessionPatience patience;
    private final PendingInput input;
    private boolean handling;
    private boolean closing;
    private boolean inputEnded;

    /** @param greeting the first words: a greeting, or why there will be no dialogue */
    SmtpConnection(
            Channel channel,
            SmtpReply greeting,
            SmtpProtocol protocol,
            MailDesk desk,
            TimeSource time,
            SmtpContentReader content,
            SessionLimits limits) {
        this.channel = channel;
        this.greeting = greeting;
        this.protocol = protocol;
        this.desk = desk;
        this.time = time;
        this.transport = new SmtpTransport(channel);
        this.session = protocol.newSession(transport);
        this.input = new PendingInput(channel);
        this.content = content;
        this.conduct = new SessionConduct(limits);
        this.patience = new SessionPatience(monotonicNanos());
    }

    /** Ends the connection; a message that is being handled gets its answer first. To be called from any thread. */
    void shutDown() {
        channel.eventLoop().execute(() -> {
            closing = true;
            proceed();
        });
    }

    /** Gives up on a client that has had its time; to be called once in a while, on the connection's thread. */
    void inspect(Patience most) {
        long now = monotonicNanos();
        if (handling || !channel.isActive()) {
            return;
        }
        SmtpReply why = patience.exhausted(now, most);
        if (why != null) {
            boolean stuck = transport.isEnded() || !channel.isWritable();
            reply(why);
            transport.flush();
            if (stuck) {
                // It does not even take the replies, so it would not take this one.
                transport.hangUp();
            }
        } else if (!session.awaitsContent() && patience.isSilent(now, BUFFER_IS_KEPT)) {
            content.release();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        reply(greeting);
        transport.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf chunk = (ByteBuf) message;
        if (!transport.isEnded()) {
            patience.heard(monotonicNanos(), chunk.readableBytes());
        }
        input.add(chunk);
        proceed();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && !transport.isEnded()) {
            patience.heard(monotonicNanos(), 0);
        }
        proceed();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent) {
            transport.tlsStarted();
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            proceed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        input.discard();
        transport.release();
        if (!handling) {
            content.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("connection with {} broke: {}", channel.remoteAddress(), ReplyText.of(cause));
        } else {
            LOG.error("connection with {} failed: {}", channel.remoteAddress(), ReplyText.of(cause));
            LOG.debug("connection failed", cause);
        }
        transport.hangUp();
    }

    /** Works on what has arrived as far as it goes, then sends the replies. */
    private void proceed() {
        while (!handling && !transport.isEnded() && !input.isEmpty() && channel.isWritable()) {
            consume(input.first());
            input.next();
        }
        noteUnfinished();
        if (!handling && !transport.isEnded()) {
            if (closing) {
                reply(SmtpReply.CLOSING);
            } else if (inputEnded && input.isEmpty()) {
                transport.close();
            }
        }
        if (transport.isEnded()) {
            input.discard();
        }
        transport.flush();
        input.regulate();
    }

    private void noteUnfinished() {
        if (session.awaitsContent()) {
            patience.left(SessionPatience.Unfinished.CONTENT);
        } else if (line.isUnfinished()) {
            patience.left(SessionPatience.Unfinished.COMMAND);
        }
    }

    private void consume(ByteBuf chunk) {
        if (session.awaitsContent()) {
            if (content.read(chunk)) {
                handleContent();
            }
        } else if (line.read(chunk)) {
            handleLine();
        }
    }

    private void handleLine() {
        @Nullable SmtpReply fault = conduct.exhausted() == null ? line.fault() : conduct.exhausted();
        byte[] command = line.take();
        patience.finished();
        if (fault != null) {
            reply(fault);
            conduct.command(fault);
        } else {
            conduct.command(protocol.run(session, command));
            @Nullable ListenerTls demanded = session.takeDemandedTls();
            if (demanded != null) {
                startTls(demanded);
            }
        }
    }

    /**
     * Who says STARTTLS waits for the reply (RFC 3207 §4), so what stands behind it in clear text may be somebody else's
     * (CVE-2011-0411): then the connection ends. What still comes in clear text is no handshake and ends it as well.
     */
    private void startTls(ListenerTls tls) {
        if (input.hasMore()) {
            LOG.debug("{}: clear text behind STARTTLS, closing", channel.remoteAddress());
            transport.close();
            return;
        }
        transport.flush();
        session.forget();
        tls.startBefore(this, channel.pipeline());
    }

    private void handleContent() {
        @Nullable SmtpReply fault = content.fault();
        if (fault != null) {
            complete(fault);
            return;
        }
        handling = true;
        MailDesk.Arrival arrival = new MailDesk.Arrival(
                session.envelope(),
                session.clientName(),
                transport.getRemoteAddress(),
                session.protocolName(),
                time.now());
        desk.handle(arrival, content, this::answer);
    }

    /** Called on the handler's thread. */
    private void answer(SmtpReply reply) {
        try {
            channel.eventLoop().execute(() -> {
                handling = false;
                complete(reply);
                proceed();
            });
        } catch (RejectedExecutionException stopped) {
            LOG.debug("the listener was closed before the handler was done; the mail comes again");
        }
    }

    /** Answers the final dot and ends the transaction. */
    private void complete(SmtpReply reply) {
        LOG.debug("{}: {}", transport.getRemoteAddress(), reply);
        int replies = session.contentReplies();
        content.reset();
        session.resetState();
        patience.finished();
        patience.answered(monotonicNanos(), conduct.mail(reply));
        if (!channel.isActive()) {
            content.release();
        }
        for (int i = 0; i < replies; i++) {
            reply(reply);
        }
    }

    private void reply(SmtpReply reply) {
        if (channel.isActive() && !transport.isEnded()) {
            transport.writeResponse(reply, session);
        }
    }

    private long monotonicNanos() {
        return time.now().monotonicNanos();
    }
}
