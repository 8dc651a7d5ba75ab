package org.mailsonar.relay;

/** A message's content, looked over once for all that SMTP wants to know of it. Not thread-safe. */
final class MessageData {

    private static final byte[] END = {'.', '\r', '\n'};

    private final byte[] content;
    private final boolean lastLineEnded;
    private boolean eightBit;
    private boolean bareLineEnds;
    private int dotLines;

    MessageData(byte[] content) {
        this.content = content;
        byte before = '\n';
        for (int i = 0; i < content.length; i++) {
            byte b = content[i];
            if (b < 0) {
                eightBit = true;
            }
            if (b == '\n') {
                bareLineEnds |= before != '\r';
            } else if (before == '\r') {
                bareLineEnds = true;
            } else if (b == '.' && before == '\n') {
                dotLines++;
            }
            before = b;
        }
        bareLineEnds |= before == '\r';
        lastLineEnded = before == '\n';
    }

    /** Whether a byte above 127 is in it, so that it needs 8BITMIME (RFC 6152). */
    boolean isEightBit() {
        return eightBit;
    }

    /** Whether a CR or an LF stands alone: servers differ in what they take for a line end, so mail could be smuggled in. */
    boolean hasBareLineEnds() {
        return bareLineEnds;
    }

    /** The size to declare (RFC 1870 §6): without what the transfer adds. */
    int size() {
        return content.length + (lastLineEnded ? 0 : 2);
    }

    /** Dots doubled (RFC 5321 §4.5.2) and the final dot added, in one block so that it leaves in one write. */
    byte[] block() {
        int stuffed = size() + dotLines;
        byte[] block = new byte[stuffed + END.length];
        int length = dotLines == 0 ? copy(block) : copyStuffed(block);
        if (!lastLineEnded) {
            block[length] = '\r';
            block[length + 1] = '\n';
        }
        System.arraycopy(END, 0, block, stuffed, END.length);
        return block;
    }

    private int copy(byte[] block) {
        System.arraycopy(content, 0, block, 0, content.length);
        return content.length;
    }

    private int copyStuffed(byte[] block) {
        int length = 0;
        byte before = '\n';
        for (byte b : content) {
            if (b == '.' && before == '\n') {
                block[length++] = '.';
            }
            block[length++] = b;
            before = b;
        }
        return length;
    }
}
