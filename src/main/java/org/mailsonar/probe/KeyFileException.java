package org.mailsonar.probe;

import java.nio.file.Path;

/** A key file that cannot be used. The message names the file, what is wrong with it and what to do; never its content. */
public final class KeyFileException extends Exception {

    private static final long serialVersionUID = 1L;

    KeyFileException(Path file, String whatAndRemedy) {
        super("key file " + file + ": " + whatAndRemedy);
    }
}
