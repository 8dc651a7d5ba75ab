package org.mailsonar.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two monitors on one empty database. */
abstract class StoreContract {

    /** The first monitor's. */
    Store store;

    /** The second one's. */
    Store other;

    /** Opens the same database again; it is empty before a test. */
    abstract Store open();

    @BeforeEach
    void openTwice() {
        store = open();
        other = open();
    }

    @AfterEach
    void closeBoth() {
        other.close();
        store.close();
    }

    /** Does something many times at once, by turns as the one monitor and as the other. */
    <T> List<T> atOnce(int times, IntFunction<Callable<T>> task) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result :
                    threads.invokeAll(IntStream.range(0, times).mapToObj(task).toList())) {
                results.add(result.get());
            }
        }
        return results;
    }

    /** The monitor whose turn it is. */
    Store turn(int number) {
        return number % 2 == 0 ? store : other;
    }
}
