package org.mailsonar.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The lab's files on the class path. */
final class Resource {

    private Resource() {}

    static String text(String name) throws IOException {
        try (InputStream input = Objects.requireNonNull(Resource.class.getResourceAsStream(name), name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
