package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.NeedsPostgres;
import org.mailsonar.lab.PostgresLab;
import org.mailsonar.roundtrip.Ledger;

/** The contract on PostgreSQL, and what is PostgreSQL's own. */
@NeedsPostgres
class PostgresLedgerIT extends LedgerContract {

    private final PostgresLab lab = PostgresLab.shared();

    private final String url = lab.newDatabase();

    @Override
    Ledger open() {
        return Stores.open(url, lab.password());
    }

    @Test
    void monitors_that_start_together_make_one_schema() {
        String fresh = lab.newDatabase();
        IntStream.range(0, 6).parallel().forEach(i -> {
            try (Ledger ledger = Stores.open(fresh, lab.password())) {
                ledger.count("started");
            }
        });
        try (Ledger ledger = Stores.open(fresh, lab.password())) {
            assertThat(ledger.counters()).containsEntry("started", 6L);
        }
    }

    @Test
    void the_tables_are_made_where_the_user_has_its_own() throws SQLException {
        try (Connection connection = lab.connect(url)) {
            assertThat(Schema.version(connection)).isEqualTo(Schema.NEWEST);
        }
    }
}
