package org.mailsonar.intake.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Holds back that a connection is there, and so its greeting, for a while. A client that talks meanwhile keeps to no protocol (RFC
 * 5321 §3.1 has it wait) and is sent away; most of those that do so send nothing but spam. Belongs to one connection and its
 * thread.
 */
final class GreetingPause extends ChannelInboundHandlerAdapter {

    private final Duration pause;
    private boolean early;

    GreetingPause(Duration pause) {
        this.pause = pause;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var _ = context.executor().schedule(() -> end(context), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (!early) {
            early = true;
            byte[] reply = (SmtpReply.EARLY + "\r\n").getBytes(StandardCharsets.US_ASCII);
            context.writeAndFlush(Unpooled.wrappedBuffer(reply)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void end(ChannelHandlerContext context) {
        if (!early && context.channel().isActive()) {
            context.fireChannelActive();
            context.pipeline().remove(this);
        }
    }
}
