package org.mailsonar.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times one message at a time on its whole way through a real Postfix, from the submission's MAIL command to the final dot at
 * the receiver: relayed alone at first, then returned by each program in a {@code .forward}, then by each resident reflector that a
 * transport map leads to.
 *
 * <p>A reflector is to send back through the same Postfix. One line of JSON for each way; used by scripts/bench.
 */
final class WholeWay {

    private static final int WARM_UP = 3;

    /** What stays is measured as it is when it has been there for a while. */
    private static final int WARM_UP_OF_RESIDENTS = 500;

    private static final String MONITOR = "probe@monitor.test";
    private static final String TARGET = "webscout@company.test";
    private static final String RETURN = "return@monitor.test";

    private final PostfixLab lab;
    private final SmtpSink monitor;
    private final String message;
    private final int rounds;

    private WholeWay(PostfixLab lab, SmtpSink monitor, String message, int rounds) {
        this.lab = lab;
        this.monitor = monitor;
        this.message = message;
        this.rounds = rounds;
    }

    /** Arguments: Postfix's port, rounds, message file, any number of {@code name=command}, and then of {@code name=:port}. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        String message = Files.readString(Path.of(arguments[2]), StandardCharsets.ISO_8859_1);
        try (SmtpSink monitor = SmtpSink.open();
                PostfixLab lab = PostfixLab.inNewDirectory()
                        .port(port)
                        .user("webscout")
                        .route("monitor.test", monitor.port())
                        .start()) {
            WholeWay way = new WholeWay(lab, monitor, message, Integer.parseInt(arguments[1]));
            way.report("Postfix relays alone", RETURN, WARM_UP_OF_RESIDENTS);
            for (String program : Arrays.asList(arguments).subList(3, arguments.length)) {
                String[] parts = program.split("=", 2);
                if (parts[1].startsWith(":")) {
                    lab.transport(TARGET, "smtp:[127.0.0.1]" + parts[1]);
                    way.report(parts[0], TARGET, WARM_UP_OF_RESIDENTS);
                } else {
                    lab.forward("webscout", "\"|" + parts[1] + "\"");
                    way.report(parts[0], TARGET, WARM_UP);
                }
            }
        }
    }

    private void report(String name, String recipient, int warmUp) throws IOException {
        double[] times = new double[rounds];
        try (SmtpClient client = SmtpClient.connect(lab.port())) {
            for (int round = -warmUp; round < rounds; round++) {
                double time = milliseconds(client, recipient);
                if (round >= 0) {
                    times[round] = time;
                }
            }
            client.command("QUIT");
        }
        lab.awaitEmptyQueue();
        if (monitor.waiting() > 0) {
            throw new IllegalStateException(name + " sent more messages than it got");
        }
        Arrays.sort(times);
        double median = (times[(rounds - 1) / 2] + times[rounds / 2]) / 2;
        System.out.printf(
                Locale.ROOT,
                "{\"name\": \"%s\", \"median_ms\": %.1f, \"min_ms\": %.1f, \"max_ms\": %.1f}%n",
                name,
                median,
                times[0],
                times[rounds - 1]);
    }

    private double milliseconds(SmtpClient client, String recipient) throws IOException {
        long start = System.nanoTime();
        String reply = client.message(MONITOR, recipient, message);
        if (!reply.startsWith("250")) {
            throw new IllegalStateException("not taken: " + reply);
        }
        return (next().arrivedNanos() - start) / 1e6;
    }

    private SmtpSink.Delivery next() throws IOException {
        try {
            return monitor.next();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "; the mail log:\n" + lab.log(), e);
        }
    }
}
