package org.mailsonar.intake.smtp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import javax.net.ssl.SSLException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Stands between TLS and the dialogue: holds the dialogue back until the handshake is done, and makes of each failure one debug line and
 * the end of the connection, since any stranger can cause one. Belongs to one connection and its thread.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LogManager.getLogger(TlsGate.class);

    private final boolean beginsDialogue;
    private boolean open;
    private boolean failed;

    /** @param beginsDialogue whether nothing was said before, so the greeting comes behind the handshake */
    TlsGate(boolean beginsDialogue) {
        this.beginsDialogue = beginsDialogue;
    }

    /** The connection's own handler hears of it when the handshake is done. */
    @Override
    public void channelActive(ChannelHandlerContext context) {}

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent done
            when done.isSuccess() -> {
                open = true;
                context.fireUserEventTriggered(event);
                if (beginsDialogue) {
                    context.fireChannelActive();
                }
            }
            case SslHandshakeCompletionEvent broken -> fail(context, broken.cause());
            // Who says that nothing more will come still gets the replies, as on a plain connection.
            case SslCloseCompletionEvent _ -> context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            default -> context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (open && !(reason instanceof SSLException)) {
            context.fireExceptionCaught(cause);
        } else {
            fail(context, reason);
        }
    }

    private void fail(ChannelHandlerContext context, Throwable reason) {
        if (!failed) {
            failed = true;
            LOG.debug("TLS with {} failed: {}", context.channel().remoteAddress(), ReplyText.of(reason));
        }
        var _ = context.close();
    }
}
