package org.mailsonar.intake.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
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

    private final Channel channel;
    private final SmtpReply greeting;
    private final SmtpProtocol protocol;
    private final MailDesk desk;
    private final TimeSource time;
    private final SmtpTransport transport;
    private final SmtpSession session;
    private final SmtpLineReader line = new SmtpLineReader();
    private final SmtpContentReader content;
    private final Queue<ByteBuf> input = new ArrayDeque<>(2);
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
            int maxMessageSize) {
        this.channel = channel;
        this.greeting = greeting;
        this.protocol = protocol;
        this.desk = desk;
        this.time = time;
        this.transport = new SmtpTransport(channel);
        this.session = protocol.newSession(transport);
        this.content = new SmtpContentReader(maxMessageSize);
    }

    /** Ends the connection; a message that is being handled gets its answer first. To be called from any thread. */
    void shutDown() {
        channel.eventLoop().execute(() -> {
            closing = true;
            proceed();
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        reply(greeting);
        transport.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        input.add((ByteBuf) message);
        proceed();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        proceed();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent) {
            transport.tlsStarted();
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            proceed();
        } else if (event instanceof IdleStateEvent && !handling) {
            boolean stuck = transport.isEnded() || !channel.isWritable();
            reply(SmtpReply.IDLE);
            transport.flush();
            if (stuck) {
                // It does not even take the replies, so it would not take this one.
                transport.hangUp();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        discardInput();
        transport.release();
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
            ByteBuf chunk = input.element();
            consume(chunk);
            if (!chunk.isReadable()) {
                input.remove().release();
            }
        }
        if (!handling && !transport.isEnded()) {
            if (closing) {
                reply(SmtpReply.CLOSING);
            } else if (inputEnded && input.isEmpty()) {
                transport.close();
            }
        }
        if (transport.isEnded()) {
            discardInput();
        }
        transport.flush();
        regulate();
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
        @Nullable SmtpReply fault = line.fault();
        byte[] command = line.take();
        if (fault != null) {
            reply(fault);
        } else {
            protocol.run(session, command);
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
        if (input.size() > 1 || input.element().isReadable()) {
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
        for (int i = 0; i < replies; i++) {
            reply(reply);
        }
    }

    private void reply(SmtpReply reply) {
        if (channel.isActive() && !transport.isEnded()) {
            transport.writeResponse(reply, session);
        }
    }

    /** Reads on only if there is use for it. Changing it costs a system call, so it is left alone until more has come. */
    private void regulate() {
        boolean wanted = input.isEmpty() && channel.isWritable();
        if (wanted != channel.config().isAutoRead()) {
            channel.config().setAutoRead(wanted);
        }
    }

    private void discardInput() {
        input.forEach(ByteBuf::release);
        input.clear();
    }
}
