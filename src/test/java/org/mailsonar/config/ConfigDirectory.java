package org.mailsonar.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.mailsonar.probe.TestKeys;

/** A directory with keys and secrets to which configuration files can be added, as an administrator has it. */
public final class ConfigDirectory {

    private final Path directory;

    private ConfigDirectory(Path directory) {
        this.directory = directory;
    }

    /** Fills an empty directory. */
    public static ConfigDirectory in(Path directory) {
        try {
            Path keys = Files.createDirectories(directory.resolve("keys"));
            TestKeys.copy("monitor.key", keys, "rw-------");
            TestKeys.copy("monitor.pub", keys, "rw-r--r--");
            TestKeys.copy("reflector.key", keys, "rw-------");
            TestKeys.copy("reflector.pub", keys, "rw-r--r--");
            TestKeys.copy("encrypted.key", keys, "rw-------");
            TestKeys.copy("rsa.pub", keys, "rw-r--r--");
            copy(keys, "monitor.key", "open.key", "rw-r--r--");
            copy(keys, "monitor.pub", "group-writable.pub", "rw-rw-r--");
            Files.writeString(keys.resolve("garbage"), "Dear diary");
            Path secrets = Files.createDirectories(directory.resolve("secrets"));
            secret(secrets.resolve("empty"), "\n", "rw-------");
            secret(secrets.resolve("password"), "hunter2\n", "rw-------");
            for (String name : List.of("return", "tester", "sms", "hook", "test1", "test2")) {
                secret(secrets.resolve(name), "hunter2\n", "rw-------");
            }
            secret(secrets.resolve("open"), "hunter2\n", "rw-r--r--");
            return new ConfigDirectory(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void secret(Path file, String content, String mode) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static void copy(Path keys, String name, String newName, String mode) throws IOException {
        Path copy = Files.copy(keys.resolve(name), keys.resolve(newName));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(mode));
    }

    /** The directory itself. */
    public Path path() {
        return directory;
    }

    /** Adds a file. */
    public Path file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public Path file(String name, byte[] content) {
        try {
            return Files.write(directory.resolve(name), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Loads a reflector's file. */
    public static ReflectorConfig reflector(Path file) throws ConfigException {
        return ReflectorConfig.load(file);
    }
}
