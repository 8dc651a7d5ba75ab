package org.mailsonar.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A call of {@code mailsonar check} that its caller hands over: on the wire four bytes that tell how many follow, and then texts in ASCII, each ended by a
 * zero. What tells the files of the caller's program is first: see {@link FileStamp}.
 *
 * @param program which files the caller's program is made of
 * @param charset {@code a} for ASCII, {@code u} for UTF-8, {@code ?} where only the caller's own Java would know
 * @param directory the caller's working directory, which relative names are relative to
 * @param words those behind {@code mailsonar check}
 */
record HandedCall(String program, char charset, Path directory, List<String> words) {

    private static final int LONGEST = 65_536;
    private static final int BEFORE_WORDS = 6;

    HandedCall {
        words = List.copyOf(words);
    }

    /**
     * Reads one; at most 64 KiB of it.
     *
     * @throws IOException when it is none
     */
    static HandedCall read(ReadableByteChannel caller) throws IOException {
        int length = whole(caller, Integer.BYTES).getInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException("a call of " + length + " bytes");
        }
        String text = StandardCharsets.US_ASCII.decode(whole(caller, length)).toString();
        List<String> parts = List.of(text.split("\0", -1));
        if (parts.size() <= BEFORE_WORDS
                || !parts.getLast().isEmpty()
                || parts.get(4).length() != 1) {
            throw new IOException("a call that is none");
        }
        Path directory = Path.of(parts.get(5));
        if (!directory.isAbsolute()) {
            throw new IOException("a call from nowhere");
        }
        return new HandedCall(
                String.join(" ", parts.subList(0, 4)),
                parts.get(4).charAt(0),
                directory,
                parts.subList(BEFORE_WORDS, parts.size() - 1));
    }

    private static ByteBuffer whole(ReadableByteChannel caller, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (caller.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
