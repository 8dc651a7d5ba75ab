package org.mailsonar.intake.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.testing.TestClock;
import org.mailsonar.time.TimeSource;

/**
 * Plays a client's bytes to a connection without network and threads, and keeps what came of it. The handler decides by the first
 * byte of the content, and says the content in what it decides, as a stranger's text may get into a reply.
 */
final class DialogueStage {

    /** How a dialogue comes to its end. */
    enum Ending {
        /** The client has closed its side. */
        CLIENT_IS_DONE,
        /** The listener shuts down. */
        LISTENER_CLOSES
    }

    /**
     * What came of it.
     *
     * @param replies all bytes to the client, one character each
     * @param mails what the handler saw
     * @param open whether the connection was still open at its end
     */
    record Played(String replies, List<ReceivedMail> mails, boolean open) {}

    private static final TimeSource CLOCK = new TestClock(Instant.parse("2026-11-21T01:02:03Z"));

    private final ListenerSettings settings;
    private final SmtpProtocol protocol;
    private final SmtpReply greeting;

    DialogueStage(ListenerSettings settings, SmtpProtocol protocol) {
        this.settings = settings;
        this.protocol = protocol;
        this.greeting = SmtpReply.of(
                "220 " + settings.hostName() + " " + settings.protocol().greeting() + " Mailsonar");
    }

    /**
     * Plays it once.
     *
     * @param sizes of the pieces
     * @param held whether a handler decides only when the next piece has come
     */
    Played play(byte[] data, int[] sizes, boolean held, Ending ending) {
        HeldTasks tasks = new HeldTasks();
        List<ReceivedMail> mails = new ArrayList<>();
        MailDesk desk = new MailDesk(recording(mails), settings.hostName(), tasks);
        UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
        ListenerLimits limits = settings.limits();
        ContentMemory room = new ContentMemory(limits.memory());
        List<SmtpConnection> connections = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel made) {
                made.config().setAllocator(memory);
                SmtpContentReader content = new SmtpContentReader(limits.messageSize(), room);
                connections.add(new SmtpConnection(made, greeting, protocol, desk, CLOCK, content, limits.session()));
                made.pipeline().addLast(connections.getFirst());
            }
        });
        List<ByteBuf> pieces = send(channel, data, sizes, held, tasks);
        if (ending == Ending.CLIENT_IS_DONE) {
            channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            connections.getFirst().shutDown();
        }
        settle(channel, tasks);
        boolean open = channel.isOpen();
        String replies = replies(channel);
        channel.finishAndReleaseAll();
        Claim.same(0L, room.taken(), "memory of messages that is left behind");
        Claim.that(memory.metric().usedHeapMemory() == 0, "no memory of replies is left behind");
        Claim.that(pieces.stream().allMatch(piece -> piece.refCnt() == 0), "no memory of commands is left behind");
        return new Played(replies, mails, open);
    }

    private static List<ByteBuf> send(
            EmbeddedChannel channel, byte[] data, int[] sizes, boolean held, HeldTasks tasks) {
        List<ByteBuf> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < sizes.length && start < data.length; i++) {
            int size = Math.min(sizes[i], data.length - start);
            ByteBuf piece = Unpooled.copiedBuffer(data, start, size);
            start += size;
            pieces.add(piece);
            if (!channel.isOpen()) {
                piece.release();
                continue;
            }
            channel.pipeline().fireChannelRead(piece);
            channel.runPendingTasks();
            if (!held || i % 2 == 1) {
                settle(channel, tasks);
            }
        }
        return pieces;
    }

    /** Lets handlers decide until nothing more happens. */
    private static void settle(EmbeddedChannel channel, HeldTasks tasks) {
        do {
            channel.runPendingTasks();
        } while (tasks.runNext());
        channel.runPendingTasks();
    }

    private static String replies(EmbeddedChannel channel) {
        ByteArrayOutputStream replies = new ByteArrayOutputStream();
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            byte[] bytes = new byte[sent.readableBytes()];
            sent.readBytes(bytes);
            replies.writeBytes(bytes);
            sent.release();
        }
        return replies.toString(ISO_8859_1);
    }

    private static MailHandler recording(List<ReceivedMail> mails) {
        return mail -> {
            mails.add(mail);
            String all = new String(mail.message().bytes(), ISO_8859_1);
            return decide(all.substring(DialogueModel.endOfTrace(all)));
        };
    }

    /** What the handler makes of a content. */
    static Disposition decide(String content) {
        return switch (content.isEmpty() ? 0 : content.charAt(0) % 5) {
            case 0 -> new Disposition.Accepted(content);
            case 1 -> new Disposition.Discarded(content);
            case 2 -> new Disposition.Unwanted(content);
            case 3 -> new Disposition.Failed(content);
            default -> new Disposition.Deferred(content);
        };
    }
}
