package org.mailsonar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Files under {@code src/test/resources/golden}: what the wire format is, to the byte. */
public final class Golden {

    private Golden() {}

    /** The file's bytes. */
    public static byte[] bytes(String name) {
        try (InputStream content = Golden.class.getResourceAsStream("/golden/" + name)) {
            return Objects.requireNonNull(content, name).readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
