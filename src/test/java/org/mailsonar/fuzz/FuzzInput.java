package org.mailsonar.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes decisions out of an input, first to last; where it has come to its end, all are 0. Letters choose, so seeds can be written by hand. */
public final class FuzzInput {

    private final byte[] data;
    private int position;

    /** Reads these bytes. */
    public FuzzInput(byte[] data) {
        this.data = data;
    }

    /** One of {@code count} ways; {@code A} is the first. */
    public int choose(int count) {
        return isEmpty() ? 0 : Math.floorMod((data[position++] & 0xFF) - 'A', count);
    }

    /** A number from 0 on and below {@code bound}. */
    public int below(int bound) {
        int high = isEmpty() ? 0 : data[position++] & 0xFF;
        int low = isEmpty() ? 0 : data[position++] & 0xFF;
        return bound <= 0 ? 0 : (high << 8 | low) % bound;
    }

    /** Whether nothing is left. */
    public boolean isEmpty() {
        return position >= data.length;
    }

    /** All that is left. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(data, Math.min(position, data.length), data.length);
        position = data.length;
        return rest;
    }

    /** All that is left, one character for each byte. */
    public String latin() {
        return new String(rest(), StandardCharsets.ISO_8859_1);
    }

    /** All that is left, read as UTF-8. */
    public String text() {
        return new String(rest(), StandardCharsets.UTF_8);
    }

    /** A copy of something good with what is left of the input as changes to it: replaced, inserted, removed, doubled. */
    public byte[] changed(byte[] good) {
        byte[] bytes = good.clone();
        while (!isEmpty()) {
            int way = choose(4);
            int at = below(bytes.length + 1);
            bytes = switch (way) {
                case 0 -> joined(bytes, at, new byte[] {(byte) below(256)}, at + 1);
                case 1 -> joined(bytes, at, new byte[] {(byte) below(256)}, at);
                case 2 -> joined(bytes, at, new byte[0], at + 1 + below(8));
                default -> joined(bytes, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 32)), at);
            };
        }
        return bytes;
    }

    private static byte[] joined(byte[] bytes, int end, byte[] middle, int start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + middle.length);
        out.write(bytes, 0, end);
        out.writeBytes(middle);
        int from = Math.min(start, bytes.length);
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }
}
