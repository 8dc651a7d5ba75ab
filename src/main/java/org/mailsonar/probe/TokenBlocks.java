package org.mailsonar.probe;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads tokens out of text: what stands between a begin and an end mark, without line ends, the quote marks of replies, and the
 * tags and entities that a change to HTML puts in. One pass over the text, whatever is in it. Stateless and thread-safe.
 */
final class TokenBlocks {

    static final String BEGIN = "-----BEGIN MAILSONAR PROBE-----";
    static final String END = "-----END MAILSONAR PROBE-----";

    /** A longer block is no token, not even one with tags around each line. */
    private static final int LONGEST_BLOCK = 4 * TokenVerifier.LONGEST_TOKEN;

    private static final int LONGEST_ENTITY = 10;

    private static final String DASHES = "(?:-|&#45;|&#[xX]2[dD];|&hyphen;|&dash;){5}";

    /** What a blank of a mark may have become: a line end, quote marks, tags, entities, a blank that does not break (UTF-8). */
    private static final String GAP = "(?:[\\s>|\u00c2\u00a0]|<[^<>]{0,100}>|&[#0-9A-Za-z]{1,8};){1,40}";

    private static final String NAME = "MAILSONAR";

    private static final Pattern MARK = Pattern.compile(DASHES + "(BEGIN|END)" + GAP + NAME + GAP + "PROBE" + DASHES);

    private TokenBlocks() {}

    /** Adds what stands in the text's blocks to {@code tokens}, until there are {@code most} of them. */
    static void addTo(Set<String> tokens, String text, int most) {
        if (!text.contains(NAME)) {
            return; // no mark without it, and this look is cheap
        }
        Matcher mark = MARK.matcher(text);
        int start = -1;
        while (tokens.size() < most && mark.find()) {
            boolean begins = mark.group(1).equals("BEGIN");
            if (!begins && start >= 0 && mark.start() - start <= LONGEST_BLOCK) {
                tokens.add(onlyToken(text.substring(start, mark.start())));
            }
            start = begins ? mark.end() : -1;
        }
    }

    private static String onlyToken(String block) {
        StringBuilder token = new StringBuilder(block.length());
        boolean inTag = false;
        for (int i = 0; i < block.length(); i++) {
            char c = block.charAt(i);
            if (c == '<') {
                inTag = true;
            } else if (c == '>') {
                inTag = false;
            } else if (!inTag && c == '&') {
                int end = endOfEntity(block, i);
                append(token, decoded(block.substring(Math.min(i + 1, end), end)));
                i = end;
            } else if (!inTag) {
                append(token, c);
            }
        }
        return token.toString();
    }

    private static void append(StringBuilder token, int c) {
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0) {
            token.append((char) c);
        }
    }

    /** The index of the semicolon that ends the entity begun here; of the ampersand itself when it is none. */
    private static int endOfEntity(String block, int ampersand) {
        int end = block.indexOf(';', ampersand, Math.min(block.length(), ampersand + LONGEST_ENTITY));
        return end < 0 ? ampersand : end;
    }

    /** The character that an entity stands for as far as it may be one of a token's; a blank for all others. */
    private static int decoded(String entity) {
        try {
            if (entity.startsWith("#x") || entity.startsWith("#X")) {
                return Integer.parseInt(entity, 2, entity.length(), 16);
            }
            if (entity.startsWith("#")) {
                return Integer.parseInt(entity, 1, entity.length(), 10);
            }
        } catch (NumberFormatException unreadable) {
            return ' ';
        }
        return switch (entity) {
            case "period" -> '.';
            case "lowbar", "UnderBar" -> '_';
            case "hyphen", "dash" -> '-';
            default -> ' ';
        };
    }
}
