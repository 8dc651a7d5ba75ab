package org.mailsonar.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the beginning of a text in UTF-8; what was read so far can be had while the rest is still on its way. Thread-safe. */
public final class BoundedText implements OutputReader {

    private static final int CHUNK = 8192;

    private final int most;
    private byte[] kept = new byte[CHUNK];
    private int length;

    /**
     * Empty so far.
     *
     * @param most how many bytes are kept
     */
    public BoundedText(int most) {
        this.most = most;
    }

    @Override
    public void read(InputStream output) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int read = output.read(chunk); read >= 0 && keep(chunk, read); read = output.read(chunk)) {
            // kept
        }
    }

    private synchronized boolean keep(byte[] chunk, int read) {
        int more = Math.min(read, most - length);
        if (length + more > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(most, Math.max(2 * kept.length, length + more)));
        }
        System.arraycopy(chunk, 0, kept, length, more);
        length += more;
        return length < most;
    }

    /** What is kept so far. */
    public synchronized String text() {
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }

    /** The same without white space around it, and with one blank for each run of white space within. */
    public String line() {
        return text().strip().replaceAll("\\s+", " ");
    }
}
