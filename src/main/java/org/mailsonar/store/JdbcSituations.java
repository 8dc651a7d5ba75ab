package org.mailsonar.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Situations;
import org.mailsonar.verdict.Standing;
import org.mailsonar.verdict.Verdict;

/** Situations in a relational database. Thread-safe, as the contract says. */
final class JdbcSituations implements Situations {

    private static final int PAGE = 1_000;

    private final Access access;

    JdbcSituations(Access access) {
        this.access = access;
    }

    @Override
    public void note(Standing standing) {
        access.write("standing " + standing.target(), handle -> {
            Update update = handle.createUpdate(SituationsSql.NOTE)
                    .bind("target", standing.target())
                    .bind("vantage", standing.vantage())
                    .bind("at", Micros.of(standing.at()));
            VerdictRow.bind(update, "", standing.verdict());
            return update.execute();
        });
    }

    @Override
    public List<Standing> standings(String target) {
        return access.read(handle -> handle.createQuery(SituationsSql.STANDINGS)
                .bind("target", target)
                .map((row, context) -> VerdictRow.standing(row))
                .list());
    }

    @Override
    public Optional<Situation> of(String target) {
        return access.read(handle -> handle.createQuery(SituationsSql.OF)
                .bind("target", target)
                .map((row, context) -> VerdictRow.situation(row))
                .findOne());
    }

    /** A page at a time, as with {@link ProbePages}. */
    @Override
    public void each(Consumer<Situation> reader) {
        List<Situation> page = access.read(handle -> page(handle.createQuery(SituationsSql.FIRST_PAGE)));
        page.forEach(reader);
        while (page.size() == PAGE) {
            String last = page.getLast().target();
            page = access.read(
                    handle -> page(handle.createQuery(SituationsSql.NEXT_PAGE).bind("target", last)));
            page.forEach(reader);
        }
    }

    private static List<Situation> page(Query query) {
        return query.bind("most", PAGE)
                .map((row, context) -> VerdictRow.situation(row))
                .list();
    }

    @Override
    public boolean replace(long version, Situation after, List<Change> changes) {
        return access.write(SituationsSql.key(after.target()), handle -> {
            boolean ours = write(handle, version, after) > 0;
            if (ours) {
                changes.forEach(change -> enter(handle, change));
            }
            return ours;
        });
    }

    private static int write(Handle handle, long version, Situation after) {
        Update update = handle.createUpdate(version == 0 ? SituationsSql.INSERT : SituationsSql.UPDATE)
                .bind("target", after.target())
                .bind("version", version)
                .bind("votes", after.votes())
                .bind("turns", VerdictRow.text(after.turns()));
        VerdictRow.bind(update, "", after.verdict());
        VerdictRow.bind(update, "held_", after.held());
        return update.execute();
    }

    private static void enter(Handle handle, Change change) {
        Query insert = handle.createQuery(SituationsSql.CHANGE)
                .bind("target", change.target())
                .bind("from", change.from().text())
                .bind("at", Micros.of(change.at()))
                .bind("votes", change.votes())
                .bind("heldBack", Stored.flag(change.heldBack()))
                .bind("tags", String.join("\n", change.tags()));
        VerdictRow.bind(insert, "", change.verdict());
        long number = insert.mapTo(Long.class).one();
        if (!change.heldBack()) {
            remember(handle, change, number);
        }
    }

    private static void remember(Handle handle, Change change, long number) {
        if (isProblem(change.verdict().state())) {
            handle.createUpdate(SituationsSql.PROBLEM)
                    .bind("target", change.target())
                    .bind("number", number)
                    .execute();
        } else {
            handle.createUpdate(SituationsSql.NO_PROBLEM)
                    .bind("target", change.target())
                    .execute();
        }
    }

    private static boolean isProblem(Verdict.State state) {
        return switch (state) {
            case HEALTHY, NOT_APPLICABLE -> false;
            case INCONCLUSIVE, WARNING, SLOW, FAILING, DOWN -> true;
        };
    }

    @Override
    public List<Change> changes(String target, Instant since) {
        return access.read(handle -> handle.createQuery(SituationsSql.CHANGES)
                .bind("target", target)
                .bind("since", Micros.of(since))
                .map((row, context) -> VerdictRow.change(row))
                .list());
    }
}
