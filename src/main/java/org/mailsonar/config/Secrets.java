package org.mailsonar.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.SecretFiles;

/** Reads a secret from the file or the environment variable that a section names; the secret itself never stands in a section. */
final class Secrets {

    private static final int LONGEST = 4096;

    private Secrets() {}

    /** The secret that {@code passwordFile} or {@code passwordEnv} leads to, or null where neither is there. */
    static @Nullable String password(ConfigSection section) throws ConfigException {
        return secret(section, "password");
    }

    /** The secret of this name, that {@code nameFile} or {@code nameEnv} leads to, or null where neither is there. */
    static @Nullable String secret(ConfigSection section, String name) throws ConfigException {
        ConfigNode file = section.optional(name + "File");
        ConfigNode variable = section.optional(name + "Env");
        if (file != null && variable != null) {
            throw variable.error("there are both " + name + "File and " + name + "Env; leave one of them");
        }
        if (file != null) {
            return fromFile(file);
        }
        return variable == null ? null : fromEnvironment(variable);
    }

    private static String fromFile(ConfigNode node) throws ConfigException {
        Path path = node.part();
        return node.check(() -> inFile(path));
    }

    /**
     * The secret in a file of one line.
     *
     * @throws IllegalArgumentException in words without the secret, when there is none that only its owner can read
     */
    static String inFile(Path path) {
        // Not by its size, which for a device is 0.
        try (InputStream input = Files.newInputStream(path)) {
            byte[] content = input.readNBytes(LONGEST + 1);
            if (content.length > LONGEST) {
                throw new IllegalArgumentException(path + " is too long for a password; make it a file of one line");
            }
            if (!Files.isDirectory(path) && SecretFiles.isOpenToOthers(path)) {
                throw new IllegalArgumentException(path + " may be read or changed by others; run: chmod 600 " + path);
            }
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            String secret = text.toString().stripTrailing();
            if (secret.isEmpty()) {
                throw new IllegalArgumentException(path + " is empty; write the password into it");
            }
            return secret;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(path + (Files.exists(path) ? " cannot be read" : " is missing")
                    + "; make it a file of one line, the password, that this user may read");
        }
    }

    private static String fromEnvironment(ConfigNode node) throws ConfigException {
        String name = node.text();
        return node.check(() -> inEnvironment(name));
    }

    /**
     * The secret in an environment variable.
     *
     * @throws IllegalArgumentException when there is none
     */
    static String inEnvironment(String name) {
        String secret = System.getenv(name);
        if (secret == null || secret.isEmpty()) {
            // The name is not repeated: it may be the password itself, put here by mistake.
            throw new IllegalArgumentException(
                    "the environment has no such variable, or an empty one; set it, or use passwordFile");
        }
        return secret;
    }
}
