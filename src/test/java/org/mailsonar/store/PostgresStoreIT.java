package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.NeedsPostgres;
import org.mailsonar.lab.PostgresLab;
import org.postgresql.ds.PGSimpleDataSource;

/** What a store must do, on PostgreSQL. */
@NeedsPostgres
class PostgresStoreIT {

    private final PostgresLab lab = PostgresLab.shared();
    private final String url = lab.newDatabase();

    private Store openStore() {
        return Stores.openStore(url, lab.password());
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
            return lab.connect(url);
        }
    }

    @Nested
    class OfTheFirstVersion extends MigrationContract {
        @Override
        DataSource dataSource() {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(url);
            dataSource.setPassword(lab.password());
            return dataSource;
        }

        @Override
        Store open() {
            return openStore();
        }
    }

    @Test
    void the_frequent_questions_can_be_answered_by_an_index() throws SQLException {
        openStore().close();
        try (Connection connection = lab.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            for (String question : Plans.frequent()) {
                List<String> plan = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("EXPLAIN " + question)) {
                    while (rows.next()) {
                        plan.add(rows.getString(1));
                    }
                }
                assertThat(plan).as(question).noneMatch(step -> step.contains("Seq Scan"));
            }
        }
    }
}
