package org.mailsonar.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.LedgerException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL, which several monitors may share. A server that is gone or hangs is noticed: connecting may take five seconds, and
 * an answer fifteen, apart from migrations.
 */
final class PostgresDatabase implements Database {

    private static final int READERS = 4;
    private static final int WRITERS = 2;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration MIGRATION_ANSWER = Duration.ofHours(1);

    private final PostgresTrouble trouble;
    private final HikariDataSource forReading;
    private final HikariDataSource forWriting;

    private PostgresDatabase(PostgresUrl url, DataSource dataSource) {
        this.trouble = new PostgresTrouble(url);
        this.forReading = pool("reading", dataSource, READERS);
        this.forWriting = pool("writing", dataSource, WRITERS);
    }

    /**
     * Connects, and brings the schema up to date.
     *
     * @param password the user's, unless the server asks for none
     * @throws LedgerException when that fails
     */
    static PostgresDatabase open(PostgresUrl url, @Nullable String password) {
        PostgresTrouble trouble = new PostgresTrouble(url);
        DataSource dataSource = dataSource(url, password, ANSWER);
        try {
            if (!isReady(dataSource, trouble)) {
                Schema.migrate(dataSource(url, password, MIGRATION_ANSWER));
            }
        } catch (LedgerException clear) {
            throw clear;
        } catch (SQLException | RuntimeException failed) {
            throw trouble.explain(failed);
        }
        return new PostgresDatabase(url, dataSource);
    }

    private static boolean isReady(DataSource dataSource, PostgresTrouble trouble) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            int version = Schema.version(connection);
            if (version > Schema.NEWEST) {
                throw trouble.because(
                        "was written by a newer Mailsonar (schema " + version + ", this one knows " + Schema.NEWEST
                                + "); run the newer one, or name another database",
                        null);
            }
            if (Schema.isForeign(connection)) {
                throw trouble.because("belongs to another program; name another database", null);
            }
            return version == Schema.NEWEST;
        }
    }

    private static DataSource dataSource(PostgresUrl url, @Nullable String password, Duration answer) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setApplicationName("mailsonar");
        dataSource.setConnectTimeout((int) CONNECT.toSeconds());
        dataSource.setLoginTimeout((int) CONNECT.toSeconds());
        dataSource.setSocketTimeout((int) answer.toSeconds());
        dataSource.setTcpKeepAlive(true);
        dataSource.setUrl(url.text()); // what the URL says of these goes before
        dataSource.setUser(url.user());
        dataSource.setPassword(password);
        return dataSource;
    }

    private static HikariDataSource pool(String name, DataSource dataSource, int size) {
        // Without settings given to the constructor the pool is made when first used.
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("ledger-" + name);
        pool.setDataSource(dataSource);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(CONNECT.toMillis());
        pool.setValidationTimeout(CONNECT.toMillis() / 2);
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
        return WRITERS;
    }

    @Override
    public void inTransaction(Handle connection, Runnable work) {
        connection.useTransaction(_ -> work.run());
    }

    @Override
    public boolean concernsAll(Exception failure) {
        return trouble.concernsAll(failure);
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
