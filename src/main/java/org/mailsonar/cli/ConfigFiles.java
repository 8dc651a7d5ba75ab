package org.mailsonar.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where configuration files lie when the command line names none. */
final class ConfigFiles {

    private static final Path SYSTEM = Path.of("/etc/mailsonar");

    private ConfigFiles() {}

    /**
     * The file to read: the one named; else the one in {@code ~/.mailsonar}; else the one in {@code /etc/mailsonar}; else the one
     * in {@code conf} of the installed tree, whose root the launcher tells. Whether it is there is for the reader to say.
     */
    static Path find(@Nullable Path named, String name) {
        if (named != null) {
            return named;
        }
        Path home = Path.of(System.getProperty("user.home", "/"), ".mailsonar", name);
        if (Files.exists(home)) {
            return home;
        }
        Path system = SYSTEM.resolve(name);
        String root = System.getProperty("mailsonar.root");
        if (Files.exists(system) || root == null) {
            return system;
        }
        return Path.of(root, "conf", name);
    }
}
