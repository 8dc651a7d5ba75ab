package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far a log was read.
 *
 * @param key which file it was, in the file system's own words (on Unix device and inode); empty where there are none
 * @param offset the byte after the last line that was read
 * @param print a checksum of what stands before that byte, at most 256 bytes of it: the same file that was emptied and written anew does
 *     not have it, and a copy that was made before it was emptied has
 */
record LogPosition(String key, long offset, long print) {

    private static final int PRINTED = 256;

    /** As text without blanks around it: offset, checksum, key. */
    @Override
    public String toString() {
        return offset + " " + print + " " + key;
    }

    /** Reads it; null when it is none. */
    static @Nullable LogPosition parse(String text) {
        String[] words = text.split(" ", 3);
        boolean good = words.length == 3 && words[0].matches("\\d{1,18}") && words[1].matches("\\d{1,18}");
        return good ? new LogPosition(words[2], Long.parseLong(words[0]), Long.parseLong(words[1])) : null;
    }

    /** Whether this place in a file has this checksum before it. */
    boolean isIn(FileChannel file) throws IOException {
        return file.size() >= offset && print(file, offset) == print;
    }

    static long print(FileChannel file, long offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(PRINTED, offset));
        long at = offset - bytes.capacity();
        while (bytes.hasRemaining()) {
            int read = file.read(bytes, at + bytes.position());
            if (read < 0) {
                break;
            }
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.flip());
        return checksum.getValue();
    }
}
