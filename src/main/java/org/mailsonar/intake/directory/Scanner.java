package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Finds files: by events of the file system at once, by a sweep through everything now and then, since events can be lost, and those
 * whose pause is over. One thread runs it; however many files wait, it holds few of them in memory.
 */
final class Scanner implements Runnable {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final MailDirectory directory;
    private final DirectoryWatch watch;
    private final Workers workers;
    private final Pauses pauses;
    private final Complaints complaints;
    private final Duration betweenSweeps;
    private final TimeSource time;
    private final Runnable beat;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Moment swept;

    /**
     * A scanner.
     *
     * @param beat is run as long as the work goes on
     */
    Scanner(
            MailDirectory directory,
            DirectoryWatch watch,
            Workers workers,
            Pauses pauses,
            Complaints complaints,
            Duration betweenSweeps,
            TimeSource time,
            Runnable beat) {
        this.directory = directory;
        this.watch = watch;
        this.workers = workers;
        this.pauses = pauses;
        this.complaints = complaints;
        this.betweenSweeps = betweenSweeps;
        this.time = time;
        this.beat = beat;
    }

    @Override
    public void run() {
        try {
            while (stopping.getCount() > 0) {
                turnOrWait();
            }
        } catch (InterruptedException stopped) {
            // the last sweep follows
        }
        try {
            Thread.interrupted(); // asked to stop, not to leave the last sweep out
            sweep();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after one more sweep; what it waits for is interrupted. */
    void stop(Thread running) {
        stopping.countDown();
        running.interrupt();
    }

    private void turnOrWait() throws InterruptedException {
        try {
            turn();
        } catch (RuntimeException unexpected) {
            complaints.about("mail cannot be looked for", unexpected.toString());
            stopping.await(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void turn() throws InterruptedException {
        if (watch.refresh()) {
            swept = null;
        }
        if (watch.isComplete()) {
            beat.run();
        }
        if (swept == null || time.now().since(swept).compareTo(betweenSweeps) >= 0) {
            swept = time.now();
            sweep();
        }
        for (Pauses.Pause pause : pauses.due()) {
            resume(pause);
        }
        if (listen()) {
            swept = null;
        }
    }

    private void resume(Pauses.Pause pause) throws InterruptedException {
        if (pause.todo() instanceof Todo.Handle(Path file) && !directory.isCandidate(file)) {
            pauses.forget(pause.key());
        } else {
            workers.resume(pause);
            beat.run();
        }
    }

    /** Waits for events, and says whether some were lost. */
    private boolean listen() throws InterruptedException {
        Duration wait = pauses.untilNext();
        Duration limit = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        if (!watch.hasEvents()) {
            stopping.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        }
        Queue<Path> found = new ArrayDeque<>();
        boolean lost = watch.await(limit, found::add);
        for (Path file : found) {
            offer(file);
        }
        return lost;
    }

    private void sweep() throws InterruptedException {
        try {
            directory.sweepBegins();
            for (Path place : directory.places()) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
                    for (Path file : files) {
                        offer(file);
                    }
                }
            }
            directory.sweepEnds();
        } catch (IOException | DirectoryIteratorException away) {
            complaints.about("the directory cannot be read", away.toString());
        }
    }

    private void offer(Path file) throws InterruptedException {
        if (directory.isCandidate(file)) {
            workers.offer(file);
            beat.run();
        }
    }
}
