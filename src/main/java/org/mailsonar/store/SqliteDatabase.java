package org.mailsonar.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.mailsonar.roundtrip.LedgerException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/**
 * One SQLite file. Writers queue for a single connection: SQLite lets only one write at a time, and waiting inside of it
 * would hold a carrier of virtual threads each. Readers have connections of their own, which are opened when first needed.
 */
final class SqliteDatabase implements Database {

    private static final int READERS = 4;
    private static final Duration MIGRATION_PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "INTEGER PRIMARY KEY AUTOINCREMENT";

    private final SqliteTrouble trouble;
    private final HikariDataSource forReading;
    private final HikariDataSource forWriting;

    private SqliteDatabase(Path file, SQLiteConfig settings, SQLiteDataSource dataSource) {
        this.trouble = new SqliteTrouble(file, settings.getBusyTimeout());
        this.forReading = pool("reading", dataSource, READERS, settings.getBusyTimeout());
        this.forWriting = pool("writing", dataSource, 1, settings.getBusyTimeout());
    }

    /** How each connection is set up; {@code busyTimeout} is how long one waits for another process. */
    static SQLiteConfig settings(Duration busyTimeout) {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout((int) busyTimeout.toMillis());
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.enforceForeignKeys(true);
        settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return settings;
    }

    /**
     * Opens a file, and makes it when it is missing.
     *
     * @throws LedgerException when that fails
     */
    static SqliteDatabase open(Path file, SQLiteConfig settings) {
        SqliteTrouble trouble = new SqliteTrouble(file, settings.getBusyTimeout());
        makeDirectory(file, trouble);
        loadDriver(trouble);
        SQLiteDataSource dataSource = new SQLiteDataSource(settings);
        dataSource.setUrl("jdbc:sqlite:" + file);
        try {
            if (!isReady(dataSource, trouble)) {
                makeReady(file, dataSource, trouble);
            }
        } catch (LedgerException clear) {
            throw clear;
        } catch (SQLException | IOException | RuntimeException failed) {
            throw trouble.explain(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw trouble.explain(ended);
        }
        return new SqliteDatabase(file, settings, dataSource);
    }

    private static void makeDirectory(Path file, SqliteTrouble trouble) {
        if (Files.isDirectory(file)) {
            throw trouble.because("is a directory; name a file in it, such as " + file.resolve("mailsonar.db"), null);
        }
        Path directory = file.getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException failed) {
            throw trouble.because("its directory cannot be made; make it, or name another", failed);
        }
    }

    private static void loadDriver(SqliteTrouble trouble) {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError failed) {
            throw trouble.because(
                    "SQLite's library cannot be loaded; set -Dorg.sqlite.tmpdir to a directory that is writable and not noexec",
                    failed);
        }
    }

    private static boolean isReady(DataSource dataSource, SqliteTrouble trouble) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            int version = Schema.version(connection);
            if (version > Schema.NEWEST) {
                throw trouble.because(
                        "was written by a newer Mailsonar (schema " + version + ", this one knows " + Schema.NEWEST
                                + "); run the newer one, or name another file",
                        null);
            }
            return version == Schema.NEWEST && journalMode(connection, "").equals("wal");
        }
    }

    private static void makeReady(Path file, DataSource dataSource, SqliteTrouble trouble)
            throws SQLException, IOException, InterruptedException {
        try (MigrationLock _ = MigrationLock.take(file, MIGRATION_PATIENCE)
                .orElseThrow(() -> trouble.because(
                        "is being migrated by another process for more than " + MIGRATION_PATIENCE.toSeconds()
                                + " s; end that process and try again",
                        null))) {
            if (!isReady(dataSource, trouble)) {
                refuseForeign(dataSource, trouble);
                keepWriteAheadLog(dataSource, trouble);
                Schema.migrate(dataSource, NUMBER, "BLOB");
            }
        }
    }

    /** Only under the lock: before, the tables may be those that another process of ours is making right now. */
    private static void refuseForeign(DataSource dataSource, SqliteTrouble trouble) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (Schema.isForeign(connection)) {
                throw trouble.because("belongs to another program; name another file", null);
            }
        }
    }

    /** The file itself remembers this mode. Set only under the lock, for SQLite does not wait for others when it changes. */
    private static void keepWriteAheadLog(DataSource dataSource, SqliteTrouble trouble) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String mode = journalMode(connection, "=WAL");
            if (!mode.equals("wal")) {
                throw trouble.because(
                        "its file system cannot share memory between processes (journal mode " + mode
                                + "); put it on a local disk",
                        null);
            }
        }
    }

    private static String journalMode(Connection connection, String assignment) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA journal_mode" + assignment)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static HikariDataSource pool(String name, DataSource dataSource, int size, int busyMillis) {
        // Without settings given to the constructor the pool is made when first used.
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("ledger-" + name);
        pool.setDataSource(dataSource);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setMaxLifetime(0);
        pool.setConnectionTimeout(Math.max(busyMillis, 250));
        pool.setValidationTimeout(250);
        return pool;
    }

    @Override
    public DataSource forReading() {
        return forReading;
    }

    @Override
    public DataSource forWriting() {
        return forWriting;
    }

    @Override
    public int writers() {
        return 1;
    }

    /** In words: the driver would begin the next transaction with each commit, and so lock other processes out. */
    @Override
    public void inTransaction(Handle connection, Runnable work) {
        connection.execute("BEGIN IMMEDIATE");
        boolean committed = false;
        try {
            work.run();
            connection.execute("COMMIT");
            committed = true;
        } finally {
            if (!committed) {
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Handle connection) {
        try {
            connection.execute("ROLLBACK");
        } catch (JdbiException done) {
            // After some failures, such as a full disk, SQLite has rolled back already, and says that there is nothing
            // to do.
        }
    }

    @Override
    public boolean concernsAll(Exception failure) {
        return trouble.concernsAll(failure);
    }

    /** A file on a local disk does not come and go. */
    @Override
    public boolean isAway(LedgerException failure) {
        return false;
    }

    /** There is only one writer at a time, so there is nothing to pass over. */
    @Override
    public String skipLocked() {
        return "";
    }

    @Override
    public LedgerException explain(Exception failure) {
        return trouble.explain(failure);
    }

    @Override
    public void close() {
        forReading.close();
        forWriting.close();
    }
}
