package org.mailsonar.intake.smtp;

import java.util.ArrayList;
import java.util.List;
import org.mailsonar.fuzz.Claim;

/** What a client was told, cut into replies by the grammar of RFC 5321 §4.2, which each of them must keep. */
final class DialogueReplies {

    private static final int LONGEST_LINE = 510;
    private static final List<Integer> LAST_WORDS = List.of(221, 421, 521);

    /** One reply: its code and its first line. */
    record Reply(int code, String text) {

        boolean isLast() {
            return LAST_WORDS.contains(code);
        }
    }

    private final List<Reply> replies = new ArrayList<>();
    private int next;

    DialogueReplies(String all) {
        Claim.that(all.endsWith("\r\n"), "the last reply line has an end", all);
        String[] lines = all.substring(0, all.length() - 2).split("\r\n", -1);
        int first = 0;
        for (int i = 0; i < lines.length; i++) {
            checkLine(lines[i], lines[first]);
            if (lines[i].charAt(3) == ' ') {
                replies.add(new Reply(Integer.parseInt(lines[first].substring(0, 3)), lines[first]));
                first = i + 1;
            }
        }
        Claim.same(lines.length, first, "the last reply is whole");
    }

    private static void checkLine(String line, String first) {
        Claim.that(line.length() > 4 && line.length() <= LONGEST_LINE, "a reply line's length", line);
        Claim.that(line.chars().allMatch(c -> c >= ' ' && c < 127), "a reply is printable ASCII", line);
        boolean code = "2345".indexOf(line.charAt(0)) >= 0
                && "012345".indexOf(line.charAt(1)) >= 0
                && Character.isDigit(line.charAt(2));
        Claim.that(code && (line.charAt(3) == ' ' || line.charAt(3) == '-'), "a reply begins with a code", line);
        Claim.same(first.substring(0, 3), line.substring(0, 3), "a reply keeps its code");
    }

    /** The reply to this. */
    Reply next(String to) {
        Claim.that(next < replies.size(), "there is a reply", to);
        return replies.get(next++);
    }

    /** How many are left. */
    int left() {
        return replies.size() - next;
    }
}
