package org.mailsonar.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@NeedsPostgres
class PostgresLabIT {

    @Test
    void data_survive_a_stop_and_a_kill() throws Exception {
        try (PostgresLab lab = PostgresLab.start()) {
            String database = lab.newDatabase();
            lab.execute(database, "CREATE TABLE kept (number INTEGER)");
            lab.stop();
            assertThatThrownBy(() -> lab.connect(database)).isInstanceOf(SQLException.class);
            lab.startAgain();
            lab.execute(database, "INSERT INTO kept VALUES (4711)");
            lab.kill();
            assertThatThrownBy(() -> lab.connect(database)).isInstanceOf(SQLException.class);
            lab.startAgain();
            assertThat(number(lab, database, "SELECT number FROM kept")).isEqualTo("4711");
        }
    }

    @Test
    void it_asks_for_the_password_and_writes_to_disk_in_earnest() throws Exception {
        try (PostgresLab lab = PostgresLab.start("log_connections = on")) {
            assertThatThrownBy(() -> DriverManager.getConnection(lab.url(), lab.user(), "wrong"))
                    .isInstanceOf(SQLException.class);
            assertThat(number(lab, lab.url(), "SHOW fsync")).isEqualTo("on");
            assertThat(number(lab, lab.url(), "SHOW log_connections")).isEqualTo("on");
        }
    }

    @Test
    void what_is_frozen_goes_on_when_it_is_thawed() throws Exception {
        try (PostgresLab lab = PostgresLab.start()) {
            lab.freeze();
            assertThatThrownBy(() -> DriverManager.getConnection(
                            lab.url() + "&connectTimeout=1&socketTimeout=1", lab.user(), lab.password()))
                    .isInstanceOf(SQLException.class);
            lab.thaw();
            assertThat(number(lab, lab.url(), "SELECT 1")).isEqualTo("1");
        }
    }

    private static String number(PostgresLab lab, String url, String sql) throws SQLException {
        try (Connection connection = lab.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
