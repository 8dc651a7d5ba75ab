package org.mailsonar.store;

import java.time.Instant;
import org.mailsonar.roundtrip.Duties;

/** Duties in a relational database. Thread-safe, as the contract says. */
final class JdbcDuties implements Duties {

    private static final String CLAIM = """
            INSERT INTO duty (duty, monitor, until_micros) VALUES (:duty, :monitor, :until)
            ON CONFLICT (duty) DO UPDATE SET monitor = excluded.monitor, until_micros = excluded.until_micros
            WHERE duty.done_micros IS NULL AND duty.until_micros <= :now""";

    private static final String EXTEND =
            "UPDATE duty SET until_micros = :until WHERE duty = :duty AND monitor = :monitor AND done_micros IS NULL";

    private static final String DONE = "UPDATE duty SET done_micros = :at WHERE duty = :duty AND done_micros IS NULL";

    private final Access access;

    JdbcDuties(Access access) {
        this.access = access;
    }

    @Override
    public boolean claim(String duty, String monitor, Instant now, Instant until) {
        return access.write(
                key(duty),
                handle -> handle.createUpdate(CLAIM)
                                .bind("duty", Stored.text(duty))
                                .bind("monitor", monitor)
                                .bind("until", Micros.of(until))
                                .bind("now", Micros.of(now))
                                .execute()
                        > 0);
    }

    @Override
    public boolean extend(String duty, String monitor, Instant until) {
        return access.write(
                key(duty),
                handle -> handle.createUpdate(EXTEND)
                                .bind("duty", Stored.text(duty))
                                .bind("monitor", monitor)
                                .bind("until", Micros.of(until))
                                .execute()
                        > 0);
    }

    @Override
    public void done(String duty, Instant at) {
        access.write(
                key(duty),
                handle -> handle.createUpdate(DONE)
                        .bind("duty", Stored.text(duty))
                        .bind("at", Micros.of(at))
                        .execute());
    }

    private static String key(String duty) {
        return "duty " + duty;
    }
}
