package org.mailsonar.intake.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.OneLine;

/**
 * Reads a dialogue slowly, as the standard says in plain words, beside the replies that were given: each line and each content
 * gets one, of a code that it may get; what the handler saw is what was sent to those that were accepted.
 */
final class DialogueModel {

    private static final int LONGEST_LINE = 512 + 26 + 17 + 10;
    private static final int MOST_HOPS = 101;
    private static final Pattern BARE = Pattern.compile("\r(?!\n)|(?<!\r)\n");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern RECEIVED =
            Pattern.compile("^received[ \t]*:", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Pattern TRACE = Pattern.compile(
            "Received: from [!-~]{1,255} \\(\\[[0-9.]+]\\)\r\n\tby mx\\.test \\(Mailsonar\\) with (ESMTP|SMTP|UTF8SMTP|LMTP|UTF8LMTP);"
                    + "\r\n\tSat, 21 Nov 2026 01:02:03 \\+0000\r\n");

    private final String input;
    private final DialogueStage.Played played;
    private final DialogueReplies replies;
    private final ListenerSettings settings;
    private final DialogueTransaction transaction;
    private final DialogueConduct conduct;
    private int position;
    private int mails;
    private boolean ended;

    DialogueModel(byte[] input, DialogueStage.Played played, ListenerSettings settings) {
        this.input = new String(input, ISO_8859_1);
        this.played = played;
        this.replies = new DialogueReplies(played.replies());
        this.settings = settings;
        this.conduct = new DialogueConduct(settings.limits().session());
        this.transaction = new DialogueTransaction(
                settings.recipients(), settings.protocol().isLmtp());
    }

    void check(DialogueStage.Ending ending) {
        Claim.same(220, replies.next("the greeting").code(), "a greeting");
        while (!ended) {
            int lineEnd = input.indexOf('\n', position) + 1;
            if (lineEnd == 0) {
                break;
            }
            String line = input.substring(position, lineEnd);
            position = lineEnd;
            DialogueReplies.Reply reply = replies.next(line);
            checkLine(line, reply);
            conduct.command(reply.code());
            ended = reply.isLast();
            if (reply.code() == 354 && !checkContent()) {
                break;
            }
        }
        if (!ended && ending == DialogueStage.Ending.LISTENER_CLOSES) {
            Claim.same(421, replies.next("the listener's end").code(), "a farewell");
        }
        Claim.same(0, replies.left(), "replies to nothing");
        Claim.same(mails, played.mails().size(), "mails of nothing");
        Claim.that(!played.open(), "the connection is closed at its end");
    }

    private void checkLine(String line, DialogueReplies.Reply reply) {
        Claim.that(!reply.text().equals(SmtpReply.FATAL.toString()), "nothing fails", line);
        if (reply.code() == 421) {
            conduct.checkPatienceWasExhausted(reply.text());
        } else if (line.length() > LONGEST_LINE) {
            Claim.same(SmtpReply.LINE_TOO_LONG.toString(), reply.text(), "too long a line");
        } else if (!line.endsWith("\r\n")) {
            Claim.same(SmtpReply.BARE_LINE_FEED.toString(), reply.text(), "a line without CR");
        } else if (CONTROL.matcher(line.substring(0, line.length() - 2)).find()) {
            Claim.same(SmtpReply.CONTROL_CHARACTER.toString(), reply.text(), "a control character");
        } else {
            byte[] bytes = line.substring(0, line.length() - 2).getBytes(ISO_8859_1);
            transaction.command(new String(bytes, UTF_8), reply.code());
        }
    }

    /** Gives whether the content came to its end. */
    private boolean checkContent() {
        int end = ("\r\n" + input.substring(position)).indexOf("\r\n.\r\n");
        if (end < 0) {
            return false;
        }
        String content = input.substring(position, position + end);
        position += end + 3;
        DialogueReplies.Reply reply = replies.next("the final dot");
        int most = settings.protocol().isLmtp() ? transaction.acceptedCommands() : 1;
        for (int i = 1; i < most; i++) {
            Claim.same(reply, replies.next("the final dot, for the next recipient"), "all recipients hear the same");
        }
        boolean bare = BARE.matcher(content).find();
        String kept = ("\r\n" + content).replace("\r\n.", "\r\n").substring(2);
        if (bare) {
            Claim.same(SmtpReply.BARE_LINE_END.toString(), reply.text(), "a bare line end");
        } else if (kept.length() > settings.limits().messageSize()) {
            Claim.same(SmtpReply.TOO_LARGE.toString(), reply.text(), "too large a message");
        } else if (reply.text().equals(SmtpReply.LOOP.toString())) {
            Claim.that(RECEIVED.matcher(kept).results().count() >= MOST_HOPS, "a loop has many hops", kept);
        } else {
            checkMail(kept, reply);
        }
        conduct.mail(reply.code());
        transaction.reset();
        return true;
    }

    private void checkMail(String content, DialogueReplies.Reply reply) {
        Claim.that(mails < played.mails().size(), "the handler saw the mail", content);
        ReceivedMail mail = played.mails().get(mails++);
        String message = new String(mail.message().bytes(), ISO_8859_1);
        Claim.same(content, message.substring(endOfTrace(message)), "the content is as it was sent");
        Claim.same(transaction.sender(), mail.envelope().senderOrEmpty(), "the sender is who was named");
        Claim.same(transaction.recipients(), mail.envelope().recipients(), "recipients are who was accepted");
        Claim.that(!mail.truncated(), "a listener cuts nothing off");
        Disposition disposition = DialogueStage.decide(content);
        String text = OneLine.ascii(disposition.text());
        Claim.that(reply.text().endsWith(text), "the reply says what the handler said", reply.text());
        Claim.same(code(disposition), reply.code(), "the reply is what the handler decided");
    }

    private static int code(Disposition disposition) {
        return switch (disposition) {
            case Disposition.Accepted _, Disposition.Discarded _ -> 250;
            case Disposition.Unwanted _ -> 550;
            case Disposition.Failed _ -> 554;
            case Disposition.Deferred _ -> 451;
        };
    }

    /** Where the trace field ends that the listener puts in front: three lines of it, each printable. */
    static int endOfTrace(String message) {
        Matcher trace = TRACE.matcher(message);
        Claim.that(
                trace.lookingAt(),
                "a trace field",
                message.lines().findFirst().orElse("").toLowerCase(Locale.ROOT));
        return trace.end();
    }
}
