package org.mailsonar.intake.smtp;

import java.nio.file.Path;

/** A certificate or key file that cannot be used. The message names the file, what is wrong and what to do; never its content. */
public final class TlsFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TlsFileException(Path file, String whatAndRemedy) {
        super("TLS file " + file + ": " + whatAndRemedy);
    }
}
