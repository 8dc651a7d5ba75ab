package org.mailsonar.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The schema and its version. Flyway takes longer to load than a short-lived program may run, so it is asked only when its own
 * history does not yet show the newest version.
 */
final class Schema {

    /** The number of the last file in {@code db/migration}. */
    static final int NEWEST = 3;

    private static final String HISTORY = "schema_history";

    private Schema() {}

    /** The version that a database is at; 0 when it is empty. */
    static int version(Connection connection) throws SQLException {
        if (!hasTable(connection, HISTORY)) {
            return 0;
        }
        int newest = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version, success FROM " + HISTORY)) {
            while (rows.next()) {
                newest = rows.getBoolean("success") ? Math.max(newest, rows.getInt("version")) : newest;
            }
        }
        return newest;
    }

    /** Whether there are tables, yet none that this program has made. */
    static boolean isForeign(Connection connection) throws SQLException {
        // In this order: another process of ours may be making its tables right now, the history first.
        return hasTable(connection, "%") && !hasTable(connection, HISTORY);
    }

    /**
     * Brings a database to the newest version. On PostgreSQL Flyway holds an advisory lock meanwhile; on SQLite no other process may do
     * the same.
     *
     * @param number how this database says "a key that the database counts up"
     * @param bytes its type of bytes
     */
    static void migrate(DataSource dataSource, String number, String bytes) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .table(HISTORY)
                .placeholders(Map.of("number", number, "bytes", bytes))
                .loggers("slf4j")
                .load()
                .migrate();
    }

    private static boolean hasTable(Connection connection, String pattern) throws SQLException {
        try (ResultSet tables =
                connection.getMetaData().getTables(null, connection.getSchema(), pattern, new String[] {"TABLE"})) {
            return tables.next();
        }
    }
}
