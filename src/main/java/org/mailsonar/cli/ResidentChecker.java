package org.mailsonar.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailsonar.net.TimeGuard;

/**
 * Does the checks that callers hand over, each as the caller itself would: an answer is what that one would have printed, and its status. Where
 * that is not certain there is no answer, and the caller does the check itself; so there is no other way to say no.
 *
 * <p>Behind a call comes a dot as soon as it is read and each half second until it is done, {@code =STATUS LENGTH} on a line, and the output. A
 * caller that goes away takes its check with it. At most 32 at a time, each with 64 KiB at most read of it within two seconds.
 */
final class ResidentChecker implements AutoCloseable {

    private static final int AT_A_TIME = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long BEAT_MILLIS = 500;
    private static final byte[] SIGN_OF_LIFE = {'.'};

    private final ResidentDoor door;
    private final CallAnswerer answerer;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean isOpen = true;

    /** Does what a call asks for. */
    @FunctionalInterface
    interface CallAnswerer {
        /** The whole answer; empty where only the caller can tell. */
        byte[] answer(HandedCall call) throws Exception;
    }

    private ResidentChecker(ResidentDoor door, CallAnswerer answerer) {
        this.door = door;
        this.answerer = answerer;
    }

    /** Takes calls from now on. */
    static ResidentChecker start(ResidentDoor door, CallAnswerer answerer) {
        ResidentChecker checker = new ResidentChecker(door, answerer);
        Thread.ofPlatform().daemon().name("door").start(checker::takeCalls);
        return checker;
    }

    /** Whether calls can still come in. */
    boolean isOpen() {
        return isOpen && door.isThere();
    }

    private void takeCalls() {
        try {
            while (true) {
                SocketChannel caller = door.accept();
                if (free.tryAcquire()) {
                    threads.execute(() -> serve(caller));
                } else {
                    caller.close();
                }
            }
        } catch (IOException | RuntimeException closed) {
            isOpen = false;
        }
    }

    private void serve(SocketChannel caller) {
        try (caller) {
            HandedCall call;
            try (TimeGuard _ = TimeGuard.start(caller, PATIENCE)) {
                call = HandedCall.read(caller);
                write(caller, SIGN_OF_LIFE);
            }
            Future<byte[]> answer = threads.submit(() -> answerer.answer(call));
            try {
                await(answer, caller);
            } finally {
                answer.cancel(true);
            }
        } catch (IOException | ExecutionException | InterruptedException | RuntimeException noAnswer) {
            // Its caller does the check itself, and says what is wrong.
        } finally {
            free.release();
        }
    }

    private static void await(Future<byte[]> answer, SocketChannel caller)
            throws IOException, ExecutionException, InterruptedException {
        boolean isDone = false;
        while (!isDone) {
            byte[] next;
            try {
                next = answer.get(BEAT_MILLIS, TimeUnit.MILLISECONDS);
                isDone = true;
            } catch (TimeoutException stillAtIt) {
                next = SIGN_OF_LIFE;
            }
            try (TimeGuard _ = TimeGuard.start(caller, PATIENCE)) {
                write(caller, next);
            }
        }
    }

    /** An answer as it is sent. */
    static byte[] answer(int status, byte[] output) {
        byte[] head = ("=" + status + " " + output.length + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + output.length)
                .put(head)
                .put(output)
                .array();
    }

    private static void write(SocketChannel caller, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            caller.write(buffer);
        }
    }

    /** Takes no more calls; those that are being answered are given up, and their callers do them. */
    @Override
    public void close() {
        door.close();
        threads.shutdownNow();
    }
}
