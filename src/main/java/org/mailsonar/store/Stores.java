package org.mailsonar.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;

/** Opens databases. Thread-safe. */
public final class Stores {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private Stores() {}

    /**
     * Opens the ledger in a database. A file that is missing is made, with its directories; an older schema is brought up to
     * date, also when several processes start at the same time.
     *
     * @param jdbcUrl {@code jdbc:sqlite:} and the path of a file; a relative one is taken from the working directory
     * @throws LedgerException when the database cannot be opened or is none that this program knows
     */
    public static Ledger open(String jdbcUrl) {
        return open(jdbcUrl, null);
    }

    /** The ledger alone of a store that {@link #openStore} opens; closing it closes the store. */
    public static Ledger open(String jdbcUrl, @Nullable String password) {
        return openStore(jdbcUrl, password).ledger();
    }

    /**
     * Opens all that is kept in a database, which may ask for a password.
     *
     * @param jdbcUrl as above, or {@code jdbc:postgresql://host:port/database?user=name} with any setting of the driver that is
     *     no secret; the database must be there, its tables are made
     * @param password for PostgreSQL; null when it asks for none
     * @throws LedgerException when the database cannot be opened or is none that this program knows; it never shows a password
     */
    public static Store openStore(String jdbcUrl, @Nullable String password) {
        return new JdbcStore(
                jdbcUrl.startsWith(PostgresUrl.SCHEME)
                        ? PostgresDatabase.open(PostgresUrl.parse(jdbcUrl), password)
                        : SqliteDatabase.open(file(jdbcUrl), SqliteDatabase.settings(BUSY_TIMEOUT)));
    }

    /**
     * The same with a journal beside it: while PostgreSQL is away, what arrives for probes of this process is kept there, and is
     * written into the database when that is back. It must be there when this method is called.
     *
     * @param journal an SQLite file of this process alone, which is made when it is missing; not used with SQLite, which does not go
     *     away
     */
    public static Store openStore(String jdbcUrl, @Nullable String password, Path journal) {
        if (!jdbcUrl.startsWith(PostgresUrl.SCHEME)) {
            return openStore(jdbcUrl, password);
        }
        Journal kept = new Journal(
                SqliteDatabase.open(journal.toAbsolutePath().normalize(), SqliteDatabase.settings(BUSY_TIMEOUT)));
        try {
            return new JdbcStore(PostgresDatabase.open(PostgresUrl.parse(jdbcUrl), password), kept);
        } catch (LedgerException failed) {
            kept.close();
            throw failed;
        }
    }

    private static Path file(String jdbcUrl) {
        String name = jdbcUrl.startsWith(SQLITE) ? jdbcUrl.substring(SQLITE.length()) : "";
        // SQLite takes these as a database in memory, a URI and parameters: none of them could be shared by processes
        // as promised.
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
            throw unsupported(jdbcUrl, null);
        }
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException wrong) {
            throw unsupported(jdbcUrl, wrong);
        }
    }

    private static LedgerException unsupported(String jdbcUrl, @Nullable Exception cause) {
        // Behind the scheme there may be a password, so only the scheme is shown of a URL of another kind.
        String shown = jdbcUrl.startsWith(SQLITE) ? jdbcUrl : scheme(jdbcUrl);
        return new LedgerException(
                "database " + OneLine.printable(shown)
                        + ": is not supported; write jdbc:sqlite: and the path of a file,"
                        + " such as jdbc:sqlite:var/mailsonar.db, or jdbc:postgresql://host:5432/database?user=name",
                cause);
    }

    private static String scheme(String jdbcUrl) {
        int end = jdbcUrl.indexOf(':', jdbcUrl.startsWith("jdbc:") ? 5 : 0);
        return end < 0 ? "URL without a scheme" : jdbcUrl.substring(0, end) + ":…";
    }
}
