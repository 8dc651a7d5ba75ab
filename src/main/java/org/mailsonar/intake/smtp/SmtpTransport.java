package org.mailsonar.intake.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.AbstractProtocolTransport;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.handler.LineHandler;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the client. Replies are gathered and leave together at {@link #flush}, so a group of pipelined commands
 * costs one packet (RFC 2920 §3.2). Belongs to one connection and its thread.
 */
final class SmtpTransport extends AbstractProtocolTransport {

    private static final int USUAL_REPLY_SIZE = 128;

    private final Channel channel;
    private final InetSocketAddress client;
    private @Nullable ByteBuf outgoing;
    private boolean ended;
    private boolean tlsStarted;

    SmtpTransport(Channel channel) {
        this.channel = channel;
        this.client = clientOf(channel);
    }

    /** Where the client is; a client that is gone again already has no address any more, and then it is 0.0.0.0. */
    static InetSocketAddress clientOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress known ? known : new InetSocketAddress(0);
    }

    /** Sends what was gathered; after the last reply of a session, closes the connection behind it. */
    void flush() {
        ByteBuf replies = outgoing;
        outgoing = null;
        if (replies != null) {
            var sent = channel.writeAndFlush(replies, ended ? channel.newPromise() : channel.voidPromise());
            if (ended) {
                sent.addListener(ChannelFutureListener.CLOSE);
            }
        } else if (ended) {
            hangUp();
        }
    }

    /** Closes the connection without a further word. */
    void hangUp() {
        var _ = channel.close();
    }

    /** Gives back what was gathered and will not be sent any more. */
    void release() {
        if (outgoing != null) {
            outgoing.release();
            outgoing = null;
        }
    }

    /** The handshake is done; what comes and goes from now on is encrypted. */
    void tlsStarted() {
        tlsStarted = true;
    }

    /** Whether the last reply of the session was given, so nothing that still comes counts. */
    boolean isEnded() {
        return ended;
    }

    @Override
    protected void writeToClient(byte[] bytes, ProtocolSession session, boolean startTls) {
        if (outgoing == null) {
            outgoing = channel.alloc().ioBuffer(Math.max(USUAL_REPLY_SIZE, bytes.length));
        }
        outgoing.writeBytes(bytes);
    }

    @Override
    protected void writeToClient(InputStream stream, ProtocolSession session, boolean startTls) {
        throw new UnsupportedOperationException("no SMTP reply is a stream");
    }

    @Override
    protected void close() {
        ended = true;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return client;
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public String getId() {
        return channel.id().asShortText();
    }

    @Override
    public boolean isTLSStarted() {
        return tlsStarted;
    }

    /** James's own STARTTLS is not used. */
    @Override
    public boolean isStartTLSSupported() {
        return false;
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return Optional.empty();
    }

    @Override
    public boolean isProxyRequired() {
        return false;
    }

    /** James pushes a handler that ignores what follows the last reply; {@link #isEnded} does that here. */
    @Override
    public void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {}

    @Override
    public void popLineHandler() {}

    @Override
    public void setReadable(boolean readable) {
        channel.config().setAutoRead(readable);
    }

    @Override
    public boolean isReadable() {
        return channel.config().isAutoRead();
    }
}
