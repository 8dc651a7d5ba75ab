package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.roundtrip.LedgerException;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

/** What happens to the work of several callers that is committed together. */
class GroupWriterTest {

    @TempDir
    private Path directory;

    private SqliteDatabase database;
    private GroupWriter writer;
    private ExecutorService threads;
    private final List<Held> holding = new ArrayList<>();

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(file(), SqliteDatabase.settings(Duration.ofSeconds(20)));
        writer = new GroupWriter(database);
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void close() {
        holding.forEach(Held::release);
        threads.close();
        writer.close();
        database.close();
    }

    @Test
    void what_waits_together_is_committed_together() throws Exception {
        AtomicInteger commits = commits();
        Held held = hold();
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "name " + i;
            callers.add(threads.submit(() -> insert(name)));
        }
        held.awaitOthers(100);
        held.release();
        for (Future<?> caller : callers) {
            caller.get();
        }
        assertThat(names()).hasSize(101);
        assertThat(commits).hasValue(2);
    }

    @Test
    void work_that_fails_undoes_nothing_of_the_others() throws Exception {
        insert("twice");
        Held held = hold();
        Future<?> before = threads.submit(() -> insert("a"));
        Future<?> failing = threads.submit(() -> insert("twice"));
        Future<?> after = threads.submit(() -> insert("z"));
        held.awaitOthers(3);
        held.release();
        before.get();
        after.get();
        assertThatThrownBy(failing::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("UNIQUE constraint failed");
        assertThat(names()).containsExactlyInAnyOrder("held", "twice", "a", "z");
    }

    @Test
    void work_that_fails_half_way_leaves_nothing_behind() {
        assertThatThrownBy(() -> writer.write("half", handle -> {
                    insert(handle, "half");
                    throw new IllegalArgumentException("changed its mind");
                }))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("changed its mind");
        assertThat(names()).isEmpty();
    }

    @Test
    void a_trouble_of_the_whole_database_is_told_to_each_caller() throws Exception {
        Held held = hold(handle -> handle.execute("DROP TABLE counter"));
        List<Future<?>> callers = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            callers.add(threads.submit(() -> insert(name)));
        }
        held.awaitOthers(3);
        held.release();
        for (Future<?> caller : callers) {
            assertThatThrownBy(caller::get)
                    .cause()
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("no such table");
        }
    }

    @Test
    void what_waits_when_it_is_closed_is_done_and_what_comes_later_is_refused() throws Exception {
        Held held = hold();
        Future<?> caller = threads.submit(() -> insert("waiting"));
        held.awaitOthers(1);
        Future<?> closing = threads.submit(writer::close);
        held.release();
        closing.get();
        caller.get();
        assertThat(names()).contains("waiting");
        assertThatThrownBy(() -> insert("later"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void results_are_seen_by_readers_when_the_caller_goes_on() throws Exception {
        List<Future<Boolean>> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = "name " + i;
            seen.add(threads.submit(() -> {
                insert(name);
                return names().contains(name);
            }));
        }
        for (Future<Boolean> found : seen) {
            assertThat(found.get()).isTrue();
        }
    }

    private Held hold() throws InterruptedException {
        return hold(handle -> insert(handle, "held"));
    }

    /** Keeps the writer busy with this work, until it is released. */
    private Held hold(ToIntFunction<Handle> work) throws InterruptedException {
        Held held = new Held();
        holding.add(held);
        threads.execute(() -> writer.write("held", handle -> {
            held.begun.countDown();
            held.await();
            return work.applyAsInt(handle);
        }));
        held.begun.await();
        return held;
    }

    private final class Held {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        void awaitOthers(int number) {
            Poll.until(number + " callers to wait", () -> writer.waiting() == number);
        }

        void release() {
            end.countDown();
        }

        private void await() {
            try {
                end.await();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }
    }

    private int insert(String name) {
        return writer.write(name, handle -> insert(handle, name));
    }

    private static int insert(Handle handle, String name) {
        return handle.execute("INSERT INTO counter (name, amount) VALUES (?, 1)", name);
    }

    private List<String> names() {
        return Jdbi.create(database.forReading())
                .withHandle(handle -> handle.createQuery("SELECT name FROM counter")
                        .mapTo(String.class)
                        .list());
    }

    /** Counts the commits of the one connection that writes. */
    private AtomicInteger commits() throws SQLException {
        AtomicInteger commits = new AtomicInteger();
        try (Connection connection = database.forWriting().getConnection()) {
            connection.unwrap(SQLiteConnection.class).addCommitListener(new SQLiteCommitListener() {
                @Override
                public void onCommit() {
                    commits.incrementAndGet();
                }

                @Override
                public void onRollback() {}
            });
        }
        return commits;
    }

    private Path file() {
        return directory.resolve("mailsonar.db");
    }
}
