package org.mailsonar.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends messages at an even pace over kept sessions and times each from its content to the reply; used by scripts/bench. A session
 * whose answer is late sends its next message at once, so what is slow is seen.
 */
final class PacedLoad {

    private static final int SESSIONS = 40;
    private static final String SENDER = "probe@monitor.test";

    private final int port;
    private final int perSecond;
    private final int seconds;
    private final String recipient;
    private final String content;

    private PacedLoad(int port, int perSecond, int seconds, String recipient, String message) {
        this.port = port;
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.recipient = recipient;
        this.content = SmtpClient.stuffed(message) + ".";
    }

    /** Arguments: port, messages per second, seconds of warm-up and again of measurement, recipient, message file. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        String message = Files.readString(Path.of(arguments[4]), StandardCharsets.ISO_8859_1);
        PacedLoad load = new PacedLoad(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                arguments[3],
                message);
        double[] times = load.run();
        System.out.printf(
                Locale.ROOT,
                "{\"messages\": %d, \"median_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f}%n",
                times.length,
                times[times.length / 2],
                times[times.length * 99 / 100],
                times[times.length - 1]);
    }

    /** The times of the second half, in milliseconds, sorted. */
    private double[] run() throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        List<Future<double[]>> sessions = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int session = 0; session < SESSIONS; session++) {
                int number = session;
                sessions.add(threads.submit(() -> session(start, number)));
            }
        }
        double[] all = {};
        for (Future<double[]> session : sessions) {
            double[] times = session.get();
            int before = all.length;
            all = Arrays.copyOf(all, before + times.length);
            System.arraycopy(times, 0, all, before, times.length);
        }
        Arrays.sort(all);
        return all;
    }

    private double[] session(long start, int number) throws IOException {
        long pause = TimeUnit.SECONDS.toNanos(SESSIONS) / perSecond;
        int messages = 2 * seconds * perSecond / SESSIONS;
        double[] times = new double[messages / 2];
        try (SmtpClient client = SmtpClient.connect(port)) {
            for (int i = 0; i < messages; i++) {
                long due = start + i * pause + number * pause / SESSIONS;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                    LockSupport.parkNanos(due - now);
                }
                double taken = send(client);
                if (i >= messages - times.length) {
                    times[i - (messages - times.length)] = taken;
                }
            }
            client.command("QUIT");
        }
        return times;
    }

    private double send(SmtpClient client) throws IOException {
        insist(client.begin(SENDER, recipient), "3");
        long begun = System.nanoTime();
        insist(client.command(content), "2");
        return (System.nanoTime() - begun) / 1e6;
    }

    private static void insist(String reply, String first) throws IOException {
        if (!reply.startsWith(first)) {
            throw new IOException("not taken: " + reply);
        }
    }
}
