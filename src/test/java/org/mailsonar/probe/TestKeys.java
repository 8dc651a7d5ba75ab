package org.mailsonar.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The key files under {@code src/test/resources/keys}, with the modes that git does not keep. */
public final class TestKeys {

    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** Copies a key file into a directory, with a mode such as {@code rw-------}. */
    public static Path copy(String name, Path directory, String mode) {
        Path copy = directory.resolve(name);
        try (InputStream content = TestKeys.class.getResourceAsStream("/keys/" + name)) {
            Files.copy(Objects.requireNonNull(content, name), copy);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(mode));
            return copy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The key pair of this name. */
    public static KeyPair pair(String name) {
        return PAIRS.computeIfAbsent(name, unread -> withCopy(unread + ".key", KeyFiles::readPair));
    }

    /** The public key of this name. */
    public static TrustedKey trusted(String name) {
        return withCopy(name + ".pub", KeyFiles::readPublic);
    }

    private static <T> T withCopy(String name, Reading<T> reading) {
        try {
            Path directory = Files.createTempDirectory("mailsonar-keys");
            Path copy = copy(name, directory, "rw-------");
            try {
                return reading.read(copy);
            } finally {
                Files.delete(copy);
                Files.delete(directory);
            }
        } catch (IOException | KeyFileException failed) {
            throw new IllegalStateException("a test key cannot be read", failed);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(Path file) throws KeyFileException;
    }
}
