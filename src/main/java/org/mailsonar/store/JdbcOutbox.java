package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.mailsonar.notify.Dispatch;
import org.mailsonar.notify.Outbox;
import org.mailsonar.verdict.Change;

/** The outbox in a relational database. Thread-safe, as the contract says. */
final class JdbcOutbox implements Outbox {

    private final Access access;

    JdbcOutbox(Access access) {
        this.access = access;
    }

    @Override
    public List<Change> unannounced(int most) {
        return access.read(handle -> handle.createQuery(OutboxSql.UNANNOUNCED)
                .bind("most", most)
                .map((row, context) -> VerdictRow.change(row))
                .list());
    }

    @Override
    public void announce(Change change, List<Dispatch> dispatches) {
        access.writeAlone(handle -> {
            int first = handle.createUpdate(OutboxSql.ANNOUNCED)
                    .bind("number", change.number())
                    .execute();
            if (first > 0) {
                dispatches.forEach(dispatch -> put(handle, dispatch));
            }
            return first;
        });
    }

    @Override
    public void put(Dispatch dispatch) {
        access.write(key(dispatch), handle -> put(handle, dispatch));
    }

    private static int put(Handle handle, Dispatch dispatch) {
        return handle.createUpdate(OutboxSql.PUT)
                .bind("key", dispatch.key())
                .bind("rule", dispatch.rule())
                .bind("kind", dispatch.kind().name().toLowerCase(Locale.ROOT))
                .bind("change", dispatch.change().number())
                .bind("target", dispatch.change().target())
                .bind("due", Micros.of(dispatch.due()))
                .bind("way", dispatch.way())
                .bind("attempts", dispatch.attempts())
                .bind("trouble", Stored.textOrNull(dispatch.trouble()))
                .execute();
    }

    @Override
    public List<Dispatch> claim(Instant now, Instant until, int most) {
        String sql = access.skippingLocked(OutboxSql.CLAIM);
        return access.writeAlone(handle -> {
            List<Long> numbers = handle.createQuery(sql)
                    .bind("now", Micros.of(now))
                    .bind("until", Micros.of(until))
                    .bind("most", most)
                    .mapTo(Long.class)
                    .list();
            return numbers.isEmpty()
                    ? List.of()
                    : handle.createQuery(OutboxSql.CLAIMED)
                            .bindList("numbers", numbers)
                            .map((row, context) -> read(row))
                            .list();
        });
    }

    @Override
    public void told(Dispatch dispatch, Instant at) {
        update(dispatch, OutboxSql.TOLD, update -> update.bind("at", Micros.of(at)));
    }

    @Override
    public void again(Dispatch dispatch, int way, Instant due, String trouble) {
        update(
                dispatch,
                OutboxSql.AGAIN,
                update -> update.bind("way", way).bind("due", Micros.of(due)).bind("trouble", Stored.text(trouble)));
    }

    @Override
    public void move(Dispatch dispatch, Instant due) {
        update(dispatch, OutboxSql.MOVE, update -> update.bind("due", Micros.of(due)));
    }

    @Override
    public void drop(Dispatch dispatch, Instant at) {
        update(dispatch, OutboxSql.DROP, update -> update.bind("at", Micros.of(at)));
    }

    private void update(Dispatch dispatch, String sql, UnaryOperator<Update> values) {
        access.write(
                key(dispatch),
                handle -> values.apply(handle.createUpdate(sql))
                        .bind("key", dispatch.key())
                        .execute());
    }

    @Override
    public List<Dispatch> waiting(String rule, String target) {
        return access.read(handle -> handle.createQuery(OutboxSql.WAITING)
                .bind("rule", rule)
                .bind("target", target)
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public Optional<Dispatch> lastTold(String rule, String target) {
        return access.read(handle -> handle.createQuery(OutboxSql.LAST_TOLD)
                .bind("rule", rule)
                .bind("target", target)
                .map((row, context) -> read(row))
                .findOne());
    }

    @Override
    public int waiting() {
        return access.read(handle ->
                handle.createQuery(OutboxSql.HOW_MANY).mapTo(Integer.class).one());
    }

    @Override
    public List<Problem> problems() {
        return access.read(handle -> handle.createQuery(OutboxSql.PROBLEMS)
                .map((row, context) -> new Problem(
                        VerdictRow.change(row),
                        row.getString("acknowledged_by"),
                        VerdictRow.instant(row, "acknowledged_micros")))
                .list());
    }

    @Override
    public boolean acknowledge(String target, String by, Instant at) {
        return access.write(
                        SituationsSql.key(target),
                        handle -> handle.createUpdate(OutboxSql.ACKNOWLEDGE)
                                .bind("target", target)
                                .bind("by", Stored.text(by))
                                .bind("at", Micros.of(at))
                                .execute())
                > 0;
    }

    private static Dispatch read(ResultSet row) throws SQLException {
        return new Dispatch(
                row.getLong("dispatch_number"),
                row.getString("key"),
                row.getString("rule"),
                Dispatch.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                VerdictRow.change(row),
                Micros.toInstant(row.getLong("due_micros")),
                row.getInt("way"),
                row.getInt("attempts"),
                row.getString("trouble"));
    }

    private static String key(Dispatch dispatch) {
        return "dispatch " + dispatch.key();
    }
}
