package org.mailsonar.lab;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The directory of one lab: the mail server's configuration and state, the account file, and the users' homes. */
final class LabFiles {

    /** Above what Debian gives to people and services, below nobody. */
    private static final int FIRST_USER_ID = 60_100;

    private final Path root;
    private final List<String> users;

    LabFiles(Path root, List<String> users) {
        this.root = root;
        this.users = List.copyOf(users);
    }

    Path root() {
        return root;
    }

    /** Creates what is there before the server starts. */
    void create() throws IOException {
        requireReachable();
        for (String name : List.of("etc", "spool", "state", "home", "bin")) {
            directory(root.resolve(name));
        }
        Path accounts = root.resolve("passwd");
        Files.copy(Path.of("/etc/passwd"), accounts);
        for (String user : users) {
            Files.writeString(accounts, accountLine(user), StandardOpenOption.APPEND);
            own(user, directory(home(user)));
        }
        permit(accounts, "rw-r--r--");
    }

    /**
     * Writes a file below {@code etc}, which is /etc/postfix inside. Postfix would wait two seconds before it trusts a file
     * that was just written, in case somebody still writes to it: so its time is set back.
     */
    void configure(String name, String content) throws IOException {
        configure(root.resolve("etc"), name, content);
    }

    /** Writes a file as it was configured first, with further lines. */
    void append(String name, String... lines) throws IOException {
        Path first = root.resolve("etc").resolve(name + ".first");
        if (!Files.exists(first)) {
            Files.copy(root.resolve("etc").resolve(name), first);
        }
        configure(name, Files.readString(first) + String.join("\n", lines) + "\n");
    }

    /** The same, of a further instance; its directory has {@code etc}, {@code spool} and {@code state}. */
    void configureInstance(String instance, String name, String content) throws IOException {
        configure(instance(instance).resolve("etc"), name, content);
    }

    /** Where a further instance has its files. */
    Path instance(String name) {
        return root.resolve("instances").resolve(name);
    }

    /** Creates what a further instance needs before it is started, and what Postfix wants to find before it starts one. */
    void createInstance(String name) throws IOException {
        directory(root.resolve("instances"));
        directory(instance(name));
        for (String part : List.of("etc", "spool", "state")) {
            directory(instance(name).resolve(part));
        }
        Path state = instance(name).resolve("state");
        Files.setOwner(
                state, state.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        for (String shared : List.of("postfix-files", "dynamicmaps.cf")) {
            configure(shared, Files.readString(Path.of("/etc/postfix", shared)));
        }
    }

    private static void configure(Path directory, String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, content);
        permit(file, "rw-r--r--");
        FileTime now = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(now.toInstant().minusSeconds(10)));
    }

    /** Writes a table of Postfix's texthash type. */
    void configure(String name, Map<String, String> table) throws IOException {
        configure(
                name,
                table.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Replaces the file as a whole, so that a delivery sees the old one or the new one. */
    void writeAs(String user, String name, String content) throws IOException {
        Path draft = Files.writeString(home(user).resolve(name + ".draft"), content);
        permit(draft, "rw-r--r--");
        own(user, draft);
        Files.move(draft, home(user).resolve(name), ATOMIC_MOVE);
    }

    Path program(String name, String content) throws IOException {
        Path program = Files.writeString(root.resolve("bin").resolve(name), content);
        permit(program, "rwxr-xr-x");
        return program;
    }

    Path home(String user) {
        return root.resolve("home").resolve(user);
    }

    /** The messages of a user's Maildir, oldest first. */
    List<String> mailbox(String user) throws IOException {
        Path arrived = home(user).resolve("Maildir/new");
        if (!Files.isDirectory(arrived)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(arrived)) {
            return files.sorted(Comparator.comparingLong(LabFiles::modifiedNanos))
                    .map(LabFiles::read)
                    .toList();
        }
    }

    Path log() {
        return root.resolve("maillog");
    }

    String logged() throws IOException {
        return Files.exists(log()) ? Files.readString(log(), StandardCharsets.ISO_8859_1) : "";
    }

    private String accountLine(String user) {
        int id = FIRST_USER_ID + users.indexOf(user);
        return "%s:x:%d:%d::%s:/bin/sh%n".formatted(user, id, id, home(user));
    }

    private void own(String user, Path path) throws IOException {
        int id = FIRST_USER_ID + users.indexOf(user);
        Files.setAttribute(path, "unix:uid", id);
        Files.setAttribute(path, "unix:gid", id);
    }

    private static Path directory(Path path) throws IOException {
        Files.createDirectories(path);
        permit(path, "rwxr-xr-x");
        return path;
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** Mail users have to get at their homes and programs. */
    private void requireReachable() throws IOException {
        directory(root);
        for (Path path = root; path != null; path = path.getParent()) {
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new IllegalArgumentException("mail users cannot enter " + path + "; choose another place");
            }
        }
    }

    private static long modifiedNanos(Path path) {
        try {
            return Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
