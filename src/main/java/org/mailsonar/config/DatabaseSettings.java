package org.mailsonar.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger is.
 *
 * @param url {@code jdbc:sqlite:} with an absolute path, or {@code jdbc:postgresql:}; it holds no password
 * @param password null where none is needed
 * @param journal where returns are kept while a PostgreSQL cannot be reached; null for SQLite
 */
public record DatabaseSettings(
        String url, @Nullable String password, @Nullable Path journal) {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** Shows where it is, and no option, since one may be a secret. */
    public String describe() {
        int options = url.indexOf('?');
        return options < 0 ? url : url.substring(0, options);
    }

    static DatabaseSettings read(ConfigNode node) throws ConfigException {
        if (!node.isSection()) {
            return of(node, null, null);
        }
        ConfigSection section = node.section("url", "passwordFile", "passwordEnv", "journal");
        ConfigNode journal = section.optional("journal");
        return of(
                section.required("url", "jdbc:postgresql://db.monitor.test/mailsonar?user=mailsonar"),
                Secrets.password(section),
                journal == null ? null : journal.path());
    }

    /**
     * A relative path of an SQLite file is relative to the configuration file, as every path in it is. A URL of another kind is not
     * shown: it may hold a password. Names that SQLite does not take for a plain file could not be shared by processes.
     */
    private static DatabaseSettings of(ConfigNode node, @Nullable String password, @Nullable Path journal)
            throws ConfigException {
        String url = node.text();
        if (url.startsWith(POSTGRESQL)) {
            if (url.contains("password=")) {
                throw node.error("a password does not belong into a URL; write database: {url: …, passwordFile: …}");
            }
            Path kept = journal == null ? node.resolve(Path.of("../var/journal.db")) : journal;
            return new DatabaseSettings(url, password, kept);
        }
        String name = url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : "";
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
            throw node.error("this is no database that is supported; write jdbc:sqlite: and the path of a file, such as"
                    + " jdbc:sqlite:../var/mailsonar.db, or jdbc:postgresql://host/database?user=mailsonar");
        }
        return new DatabaseSettings(SQLITE + node.resolve(node.as(text -> Path.of(name))), null, null);
    }
}
