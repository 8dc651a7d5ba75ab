package org.mailsonar.relay;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.fuzz.Claim;

/** Fuzz target: whatever a server says, it is read as replies or refused in one line, the same in whatever pieces it comes. */
public final class ReplyFuzz {

    private static final int LONGEST_TEXT = 400;
    private static final int MOST_LINES = 101;
    private static final long AMPLE_MILLIS = 1_000_000;

    private ReplyFuzz() {}

    /** One input: all that the server says. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        List<String> whole = read(data, Integer.MAX_VALUE);
        Claim.same(whole, read(data, 1), "bytes that come one by one are read as the whole");
        Claim.same(whole, read(data, 7), "bytes that come in pieces are read as the whole");
    }

    private static List<String> read(byte[] data, int pieces) throws IOException {
        List<String> seen = new ArrayList<>();
        try (Socket socket = new Socket()) {
            ReplyReader reader = new ReplyReader(socket, inPieces(data, pieces));
            while (true) {
                SmtpReply reply = reader.read(AMPLE_MILLIS);
                check(reply);
                seen.add(reply.text());
            }
        } catch (EOFException end) {
            seen.add("end");
        } catch (SmtpTrouble trouble) {
            Claim.oneLine(trouble.text(), LONGEST_TEXT, "trouble is told on one line");
            seen.add(trouble.text());
        }
        return seen;
    }

    private static void check(SmtpReply reply) {
        Claim.that(reply.code() >= 200 && reply.code() <= 599, "a code is one of SMTP's", reply.code());
        Claim.that(!reply.lines().isEmpty() && reply.lines().size() <= MOST_LINES, "the lines are bounded");
        Claim.oneLine(reply.text(), LONGEST_TEXT, "a reply is told on one line");
        ServerFeatures features = ServerFeatures.of(reply.lines());
        Claim.that(features.sizeLimit() >= -1, "any reply can be one to EHLO", features);
    }

    private static InputStream inPieces(byte[] data, int most) {
        return new ByteArrayInputStream(data) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, most));
            }
        };
    }
}
