package org.mailsonar.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mailsonar.lab.SmtpSink;

/**
 * The server that returns are handed to, in a storm: for a moment it takes them, then it is gone, or says nothing, or refuses for now
 * or for good, at random. Fair weather comes as often as all the rest together.
 */
final class Weather implements AutoCloseable {

    private static final int SHORTEST_MILLIS = 50;
    private static final int LONGEST_MILLIS = 400;

    private final Random random;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<SmtpSink.Delivery> taken = new ArrayList<>();
    private final int port;
    private final Thread changes;
    private SmtpSink sink;

    /** Weather from now on; the same seed gives the same weather. */
    Weather(long seed) {
        random = new Random(seed);
        sink = SmtpSink.open();
        port = sink.port();
        changes = Thread.ofPlatform().name("weather").start(this::change);
    }

    /** Where the server listens, when it does. */
    int port() {
        return port;
    }

    /** From now on it is fair. */
    void clear() throws InterruptedException {
        over.countDown();
        changes.join();
    }

    /** All messages that it has taken so far; only when it is {@link #clear}. */
    List<SmtpSink.Delivery> taken() {
        taken.addAll(sink.takeAll());
        return taken;
    }

    @Override
    public void close() throws InterruptedException {
        clear();
        sink.close();
    }

    private void change() {
        while (!isOverAfter(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS))) {
            fair();
            switch (random.nextInt(8)) {
                case 0 -> disappear();
                case 1 -> sink.hang();
                case 2 -> sink.answerRecipients("451 4.3.2 come back later");
                case 3 -> sink.answerMessages(random.nextInt(4) > 0 ? "452 4.3.1 no room" : "554 5.6.0 not that");
                default -> {}
            }
        }
        fair();
    }

    private void disappear() {
        sink.close();
        var _ = isOverAfter(SHORTEST_MILLIS);
        taken.addAll(sink.takeAll());
        sink = SmtpSink.open(port);
    }

    private void fair() {
        sink.speak().answerRecipients("250 2.1.5 ok").answerMessages("250 2.0.0 taken");
    }

    private boolean isOverAfter(int millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
