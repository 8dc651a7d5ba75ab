package org.mailsonar.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import org.mailsonar.fuzz.Claim;

/** Part of {@link TokenFuzz}: whatever stands in a key file, it is a key that works or a complaint of one line without its content. */
final class KeyFilesFuzz {

    private static final Path FILE = emptyFile();
    private static final byte[] MESSAGE = {1, 2, 3};

    private KeyFilesFuzz() {}

    static void read(byte[] content) {
        try {
            Files.write(FILE, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        try {
            TrustedKey key = KeyFiles.readPublic(FILE);
            Claim.same(KeyFingerprint.LENGTH, key.fingerprint().length(), "a key has a fingerprint");
            Claim.that(!key.key().hasSigned(MESSAGE, new byte[64]), "nothing is signed with zeros");
        } catch (KeyFileException refused) {
            check(refused);
        }
        try {
            PublicKey key = KeyFiles.readPair(FILE).getPublic();
            Claim.same(KeyFingerprint.LENGTH, TrustedKey.of(key).fingerprint().length(), "a pair has a public key");
        } catch (KeyFileException refused) {
            check(refused);
        }
    }

    private static void check(KeyFileException refused) {
        String message = String.valueOf(refused.getMessage());
        Claim.oneLine(message, 400, "a complaint is one line");
        Claim.that(message.startsWith("key file " + FILE + ": "), "a complaint names the file", message);
        Claim.that(!message.contains("Exception"), "a complaint is for people", message);
    }

    private static Path emptyFile() {
        try {
            Path file = Files.createTempFile("mailsonar-fuzz", ".pem");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
