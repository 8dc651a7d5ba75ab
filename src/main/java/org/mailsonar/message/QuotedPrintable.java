package org.mailsonar.message;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** The quoted-printable transfer encoding (RFC 2045 §6.7), both ways. */
public final class QuotedPrintable {

    private static final int LONGEST_LINE = 75; // and the "=" of a soft line break

    private QuotedPrintable() {}

    /** Encodes text: lines of at most 76 characters, CRLF kept as line ends, all that is not plain ASCII encoded. */
    public static byte[] encode(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * text.length);
        HexFormat hex = HexFormat.of().withUpperCase();
        int column = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                out.write('\r');
                out.write('\n');
                i++;
                column = 0;
                continue;
            }
            boolean plain = b >= ' ' && b < 127 && b != '=' && !isBlankAtLineEnd(text, i);
            if (column + (plain ? 1 : 3) > LONGEST_LINE) {
                out.writeBytes(new byte[] {'=', '\r', '\n'});
                column = 0;
            }
            if (plain) {
                out.write(b);
                column++;
            } else {
                out.write('=');
                out.write(hex.toHighHexDigit(b));
                out.write(hex.toLowHexDigit(b));
                column += 3;
            }
        }
        return out.toByteArray();
    }

    private static boolean isBlankAtLineEnd(byte[] text, int at) {
        return text[at] == ' ' && (at + 1 == text.length || text[at + 1] == '\r');
    }

    /** Undoes the encoding; what is no valid encoding stays as it is. */
    static byte[] decode(byte[] body) {
        byte[] decoded = new byte[body.length];
        int length = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] != '=') {
                decoded[length++] = body[i];
            } else if (isHexPair(body, i + 1)) {
                decoded[length++] = (byte) (Character.digit(body[i + 1], 16) << 4 | Character.digit(body[i + 2], 16));
                i += 2;
            } else {
                int end = endOfSoftLineBreak(body, i);
                if (end == i) {
                    decoded[length++] = '=';
                }
                i = end;
            }
        }
        return Arrays.copyOf(decoded, length);
    }

    private static boolean isHexPair(byte[] body, int at) {
        return at + 1 < body.length && Character.digit(body[at], 16) >= 0 && Character.digit(body[at + 1], 16) >= 0;
    }

    /** The index of the last byte of the soft line break that begins with the "=" here, or of the "=" if it is none. */
    private static int endOfSoftLineBreak(byte[] body, int equalsSign) {
        int i = equalsSign + 1;
        while (i < body.length && (body[i] == ' ' || body[i] == '\t' || body[i] == '\r')) {
            i++;
        }
        return i < body.length && body[i] == '\n' ? i : equalsSign;
    }
}
