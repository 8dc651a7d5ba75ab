package org.mailsonar.lab;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How many messages per second go through a real Postfix, alone and by way of each resident reflector that sends back through the
 * same Postfix. One line of JSON for each way; used by scripts/bench.
 */
final class WholeWayRate {

    private static final String RETURN = "return@monitor.test";
    private static final String TARGET = "webscout@company.test";
    private static final int RUNS = 3;

    private final PostfixLab lab;
    private final SmtpSink monitor;
    private final int messages;
    private final String messageFile;

    private WholeWayRate(PostfixLab lab, SmtpSink monitor, int messages, String messageFile) {
        this.lab = lab;
        this.monitor = monitor;
        this.messages = messages;
        this.messageFile = messageFile;
    }

    /** Arguments: Postfix's port, messages, message file, any number of {@code name=:port}. */
    public static void main(String[] arguments) throws IOException {
        try (SmtpSink monitor = SmtpSink.open();
                PostfixLab lab = PostfixLab.inNewDirectory()
                        .port(Integer.parseInt(arguments[0]))
                        .user("webscout")
                        .route("monitor.test", monitor.port())
                        .start()) {
            WholeWayRate way = new WholeWayRate(lab, monitor, Integer.parseInt(arguments[1]), arguments[2]);
            way.report("Postfix relays alone", RETURN);
            for (String reflector : Arrays.asList(arguments).subList(3, arguments.length)) {
                String[] parts = reflector.split("=", 2);
                lab.transport(TARGET, "smtp:[127.0.0.1]" + parts[1]);
                way.report(parts[0], TARGET);
            }
        }
    }

    private void report(String name, String recipient) throws IOException {
        run(recipient); // what stays is measured as it is when it has been there for a while
        double[] rates = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            rates[i] = run(recipient);
        }
        Arrays.sort(rates);
        System.out.printf(Locale.ROOT, "{\"name\": \"%s\", \"per_s\": %.0f}%n", name, rates[RUNS / 2]);
    }

    private double run(String recipient) throws IOException {
        long start = System.nanoTime();
        Command sent = Command.run(List.of(
                "/usr/sbin/smtp-source",
                "-d",
                "-s",
                "20",
                "-m",
                Integer.toString(messages),
                "-f",
                "probe@monitor.test",
                "-t",
                recipient,
                "-F",
                messageFile,
                "127.0.0.1:" + lab.port()));
        if (sent.status() != 0) {
            throw new IllegalStateException(sent.output());
        }
        long last = start;
        for (int i = 0; i < messages; i++) {
            last = next().arrivedNanos();
        }
        return messages * 1e9 / (last - start);
    }

    private SmtpSink.Delivery next() throws IOException {
        try {
            return monitor.next();
        } catch (IllegalStateException e) {
            String log = lab.log();
            throw new IllegalStateException(
                    e.getMessage() + "; the mail log:\n" + log.substring(Math.max(0, log.length() - 3000)), e);
        }
    }
}
