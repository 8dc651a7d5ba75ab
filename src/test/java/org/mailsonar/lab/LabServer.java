package org.mailsonar.lab;

import java.io.IOException;

/** A server of a lab that can be broken, and mended again. Closing it ends it and removes its files. */
public interface LabServer extends AutoCloseable {

    /** Ends all of it at once, as a power cut does; its files stay. */
    void cutPower();

    /** Starts it again, at the same ports, and returns when it answers. */
    void startAgain() throws IOException;

    /** Every process of it hangs from now on: the kernel still takes connections, and nobody answers (SIGSTOP). */
    void hang();

    /** They go on where they were. */
    void goOn();

    @Override
    void close();
}
