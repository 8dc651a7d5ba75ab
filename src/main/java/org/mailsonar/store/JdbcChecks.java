package org.mailsonar.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckBook;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.host.HostSample;

/** Results of checks in a relational database, read a page at a time. Thread-safe, as the contract says. */
final class JdbcChecks implements CheckBook {

    private static final int PAGE = 1_000;

    private record Numbered(long number, CheckRecord result) {}

    private record Value(String host, long at, String measure, double value) {}

    private final Access access;

    JdbcChecks(Access access) {
        this.access = access;
    }

    @Override
    public void add(CheckRecord result) {
        Trouble trouble = result.trouble();
        access.write(
                "check " + result.target(),
                handle -> handle.createUpdate(CheckSql.ADD)
                        .bind("target", result.target())
                        .bind("vantage", result.vantage())
                        .bind("name", Stored.text(result.name()))
                        .bind("state", result.state().text())
                        .bind("reason", Stored.text(result.reason()))
                        .bind("at", Micros.of(result.at()))
                        .bind("took", result.took().toNanos())
                        .bind("stage", trouble == null ? null : trouble.stage().text())
                        .bind("kind", trouble == null ? null : trouble.kind().text())
                        .execute());
    }

    @Override
    public List<CheckRecord> newest(String target, String vantage, Instant upTo, int most) {
        return access.read(handle -> handle.createQuery(CheckSql.NEWEST)
                .bind("target", target)
                .bind("vantage", vantage)
                .bind("upTo", Micros.of(upTo))
                .bind("most", most)
                .map((row, context) -> result(row))
                .list());
    }

    @Override
    public Optional<CheckRecord> newest(String target, Instant since) {
        return access.read(handle -> handle.createQuery(CheckSql.NEWEST_ANYWHERE)
                .bind("target", target)
                .bind("since", Micros.of(since))
                .map((row, context) -> result(row))
                .findFirst());
    }

    @Override
    public void each(Instant from, Instant until, Consumer<CheckRecord> reader) {
        long at = Micros.of(from) - 1;
        long number = Long.MAX_VALUE;
        List<Numbered> page;
        do {
            page = page(at, number, until);
            page.forEach(row -> reader.accept(row.result()));
            if (!page.isEmpty()) {
                at = Micros.of(page.getLast().result().at());
                number = page.getLast().number();
            }
        } while (page.size() == PAGE);
    }

    private List<Numbered> page(long at, long number, Instant until) {
        return access.read(handle -> handle.createQuery(CheckSql.PAGE)
                .bind("at", at)
                .bind("number", number)
                .bind("until", Micros.of(until))
                .bind("most", PAGE)
                .map((row, context) -> new Numbered(row.getLong("number"), result(row)))
                .list());
    }

    private static CheckRecord result(ResultSet row) throws SQLException {
        return new CheckRecord(
                row.getString("target"),
                row.getString("vantage"),
                row.getString("name"),
                CheckResult.State.of(row.getString("state")),
                row.getString("reason"),
                Micros.toInstant(row.getLong("at_micros")),
                Duration.ofNanos(row.getLong("took_nanos")),
                trouble(row.getString("stage"), row.getString("kind")));
    }

    /** What two columns hold that are filled together. */
    static @Nullable Trouble trouble(@Nullable String stage, @Nullable String kind) {
        return stage == null || kind == null ? null : new Trouble(Trouble.Stage.of(stage), Trouble.Kind.of(kind));
    }

    @Override
    public void add(HostSample sample) {
        if (sample.values().isEmpty()) {
            return;
        }
        access.write("sample " + sample.host(), handle -> {
            PreparedBatch batch = handle.prepareBatch(CheckSql.ADD_SAMPLE);
            sample.values()
                    .forEach((measure, value) -> batch.bind("host", sample.host())
                            .bind("at", Micros.of(sample.at()))
                            .bind("measure", measure)
                            .bind("value", value)
                            .add());
            return batch.execute().length;
        });
    }

    @Override
    public void eachSample(Instant from, Instant until, Consumer<HostSample> reader) {
        Value last = new Value("", Micros.of(from), "", 0);
        Map<String, Double> values = new TreeMap<>();
        List<Value> page;
        do {
            page = samples(last, until);
            for (Value value : page) {
                if (!values.isEmpty()
                        && (value.at() != last.at() || !value.host().equals(last.host()))) {
                    reader.accept(sample(last, values));
                    values.clear();
                }
                values.put(value.measure(), value.value());
                last = value;
            }
        } while (page.size() == PAGE);
        if (!values.isEmpty()) {
            reader.accept(sample(last, values));
        }
    }

    private static HostSample sample(Value any, Map<String, Double> values) {
        return new HostSample(any.host(), Micros.toInstant(any.at()), values);
    }

    private List<Value> samples(Value last, Instant until) {
        return access.read(handle -> handle.createQuery(CheckSql.SAMPLES_PAGE)
                .bind("host", last.host())
                .bind("at", last.at())
                .bind("measure", last.measure())
                .bind("until", Micros.of(until))
                .bind("most", PAGE)
                .map((row, context) -> new Value(
                        row.getString("host"),
                        row.getLong("at_micros"),
                        row.getString("measure"),
                        row.getDouble("value")))
                .list());
    }
}
