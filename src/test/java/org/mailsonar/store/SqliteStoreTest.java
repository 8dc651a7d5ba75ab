package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What a store must do, on SQLite. */
class SqliteStoreTest {

    @TempDir
    private Path directory;

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("mailsonar.db");
    }

    private Store openStore() {
        return Stores.openStore(url(), null);
    }

    @Nested
    class AsAgenda extends AgendaContract {
        @Override
        Store open() {
            return openStore();
        }
    }

    @Nested
    class OfProbes extends ProbeLifeContract {
        @Override
        Store open() {
            return openStore();
        }
    }

    @Nested
    class OfSituations extends SituationsContract {
        @Override
        Store open() {
            return openStore();
        }
    }

    @Nested
    class AsOutbox extends OutboxContract {
        @Override
        Store open() {
            return openStore();
        }
    }

    @Nested
    class OfChecks extends CheckBookContract {
        @Override
        Store open() {
            return openStore();
        }
    }

    @Nested
    class OfWhatIsOld extends TidyContract {
        @Override
        Store open() {
            return openStore();
        }

        @Override
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url());
        }
    }

    @Nested
    class OfTheFirstVersion extends MigrationContract {
        @Override
        DataSource dataSource() {
            SQLiteDataSource dataSource = new SQLiteDataSource();
            dataSource.setUrl(url());
            return dataSource;
        }

        @Override
        Store open() {
            return openStore();
        }
    }

    @Test
    void the_frequent_questions_are_answered_by_an_index() throws SQLException {
        openStore().close();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            for (String question : Plans.frequent()) {
                List<String> plan = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + question)) {
                    while (rows.next()) {
                        plan.add(rows.getString("detail"));
                    }
                }
                assertThat(plan)
                        .as(question)
                        .noneMatch(step -> step.matches(
                                        "SCAN (probe|agenda|situation|standing|change|dispatch|paper|check_result|host_sample|path_run)")
                                || (step.equals("USE TEMP B-TREE FOR ORDER BY")
                                        && !question.equals(LedgerSql.NEWEST_BY_TARGET))); // one row a target
            }
        }
    }
}
