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
    private final @Nullable LeaseKeeper lease;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Moment swept;
    private boolean isComplete;

    /**
     * A scanner.
     *
     * @param lease is told whether the work goes on; null where there is none
     */
    Scanner(
            MailDirectory directory,
            DirectoryWatch watch,
            Workers workers,
            Pauses pauses,
            Complaints complaints,
            Duration betweenSweeps,
            TimeSource time,
            @Nullable LeaseKeeper lease) {
        this.directory = directory;
        this.watch = watch;
        this.workers = workers;
        this.pauses = pauses;
        this.complaints = complaints;
        this.betweenSweeps = betweenSweeps;
        this.time = time;
        this.lease = lease;
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
        } catch (RuntimeException | Error unexpected) {
            complaints.about("mail cannot be looked for", unexpected.toString());
            stopping.await(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void turn() throws InterruptedException {
        if (watch.refresh()) {
            swept = null;
        }
        isComplete = watch.isComplete();
        if (lease != null && !isComplete) {
            lease.pause();
        }
        beat();
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
            beat();
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
        boolean seenAll = beginSweep();
        for (Path place : directory.places()) {
            seenAll &= sweep(place);
        }
        if (seenAll) {
            directory.sweepEnds();
        }
    }

    private boolean beginSweep() {
        try {
            directory.sweepBegins();
            return true;
        } catch (IOException | DirectoryIteratorException away) {
            complaints.about("the directory cannot be tidied", away.toString());
            return false;
        }
    }

    /** Whether every file of this place was seen. */
    private boolean sweep(Path place) throws InterruptedException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                offer(file);
            }
            return true;
        } catch (IOException | DirectoryIteratorException away) {
            complaints.about("the directory cannot be read", away.toString());
            return false;
        }
    }

    private void offer(Path file) throws InterruptedException {
        if (directory.isCandidate(file)) {
            workers.offer(file);
            beat();
        }
    }

    private void beat() {
        if (lease != null && isComplete) {
            lease.beat();
        }
    }
}
