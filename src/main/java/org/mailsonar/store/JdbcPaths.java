package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.site.Leg;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathBook;
import org.mailsonar.site.PathRun;

/** Path runs in a relational database, read a page at a time. Thread-safe, as the contract says. */
final class JdbcPaths implements PathBook {

    private static final int PAGE = 1_000;

    private record Numbered(long number, PathRun run) {}

    private final Access access;

    JdbcPaths(Access access) {
        this.access = access;
    }

    @Override
    public void add(String vantage, PathRun run) {
        Leg leg = run.leg();
        Trouble trouble = run.trouble();
        access.write(
                "path " + run.site(),
                handle -> handle.createUpdate(CheckSql.ADD_RUN)
                        .bind("vantage", vantage)
                        .bind("site", run.site())
                        .bind("store", run.path().store())
                        .bind("mta", run.path().mta())
                        .bind("proxy", run.path().proxy())
                        .bind("started", Micros.of(run.started()))
                        .bind("submit", Stored.nanos(run.submit()))
                        .bind("retrieve", Stored.nanos(run.retrieve()))
                        .bind("total", Stored.nanos(run.total()))
                        .bind("state", run.state().text())
                        .bind("error", Stored.text(run.error()))
                        .bind("suspects", Stored.text(String.join("\n", run.suspects())))
                        .bind("leg", leg == null ? null : leg.text())
                        .bind("stage", trouble == null ? null : trouble.stage().text())
                        .bind("kind", trouble == null ? null : trouble.kind().text())
                        .execute());
    }

    @Override
    public void each(Instant from, Instant until, Consumer<PathRun> reader) {
        pages(null, from, until, reader);
    }

    @Override
    public void each(String vantage, Instant from, Instant until, Consumer<PathRun> reader) {
        pages(vantage, from, until, reader);
    }

    /** Of one vantage; of all where it is null. */
    private void pages(@Nullable String vantage, Instant from, Instant until, Consumer<PathRun> reader) {
        long at = Micros.of(from) - 1;
        long number = Long.MAX_VALUE;
        List<Numbered> page;
        do {
            page = page(vantage, at, number, until);
            page.forEach(row -> reader.accept(row.run()));
            if (!page.isEmpty()) {
                at = Micros.of(page.getLast().run().started());
                number = page.getLast().number();
            }
        } while (page.size() == PAGE);
    }

    private List<Numbered> page(@Nullable String vantage, long at, long number, Instant until) {
        return access.read(handle -> query(handle, vantage)
                .bind("at", at)
                .bind("number", number)
                .bind("until", Micros.of(until))
                .bind("most", PAGE)
                .map((row, context) -> new Numbered(row.getLong("number"), run(row)))
                .list());
    }

    private static Query query(Handle handle, @Nullable String vantage) {
        return vantage == null
                ? handle.createQuery(CheckSql.RUNS_PAGE)
                : handle.createQuery(CheckSql.RUNS_PAGE_OF_VANTAGE).bind("vantage", vantage);
    }

    private static PathRun run(ResultSet row) throws SQLException {
        return new PathRun(
                row.getString("site"),
                new Path(row.getString("store"), row.getString("mta"), row.getString("proxy")),
                Micros.toInstant(row.getLong("started_micros")),
                duration(row, "submit_nanos"),
                duration(row, "retrieve_nanos"),
                duration(row, "total_nanos"),
                CheckResult.State.of(row.getString("state")),
                row.getString("error"),
                leg(row.getString("leg")),
                JdbcChecks.trouble(row.getString("stage"), row.getString("kind")),
                row.getString("suspects").lines().toList());
    }

    private static @Nullable Leg leg(@Nullable String text) {
        return text == null ? null : Leg.of(text);
    }

    private static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? null : Duration.ofNanos(nanos);
    }
}
