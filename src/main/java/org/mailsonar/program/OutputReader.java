package org.mailsonar.program;

import java.io.IOException;
import java.io.InputStream;

/** Reads what a program prints while it runs. Called once, in a thread of its own. */
@FunctionalInterface
public interface OutputReader {

    /**
     * Reads as much as it wants; the rest is read and thrown away.
     *
     * @throws IOException when the output is not what it should be; the message says how
     */
    void read(InputStream output) throws IOException;
}
