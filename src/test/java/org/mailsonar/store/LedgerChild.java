package org.mailsonar.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.ProbeRecord;

/** A second process that uses a ledger, and what it says line by line. */
final class LedgerChild implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;

    private LedgerChild(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts Java with a task of {@link #main} on a database file; {@code jvm} are further arguments for Java. */
    static LedgerChild start(String task, Path database, String... jvm) throws IOException {
        return new LedgerChild(new ProcessBuilder(command(task, database, jvm))
                .redirectErrorStream(true)
                .start());
    }

    /** The same in a mount namespace of its own, after a shell command there such as a mount. */
    static LedgerChild startBehind(String shell, String task, Path database) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", shell + " && exec \"$@\"", "sh"));
        command.addAll(command(task, database));
        return new LedgerChild(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static List<String> command(String task, Path database, String... jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(jvm));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LedgerChild.class.getName()));
        command.addAll(List.of(task, database.toString()));
        return command;
    }

    /** The next line, or an empty text at the end. */
    String line() throws IOException {
        String line = lines.readLine();
        return line == null ? "" : line;
    }

    /** All further lines until the end. */
    List<String> rest() throws IOException {
        return lines.readAllLines();
    }

    /** Kills it with no chance to tidy up; what it has said stays readable. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** {@code open}, {@code enter}, {@code enter-together} or {@code lock} on the file that the second argument names. */
    public static void main(String[] arguments) throws Exception {
        String url = "jdbc:sqlite:" + arguments[1];
        try {
            switch (arguments[0]) {
                case "open" -> Stores.open(url).close();
                case "enter" -> enter(url);
                case "enter-together" -> enterTogether(url);
                default -> lock(url);
            }
            say("done");
        } catch (LedgerException failed) {
            say(String.valueOf(failed.getMessage()));
        }
    }

    /** Enters probes for ever, and names each when it is entered. */
    private static void enter(String url) {
        try (Ledger ledger = Stores.open(url)) {
            enter(ledger);
        }
    }

    /** The same with eight callers at a time. */
    private static void enterTogether(String url) throws Exception {
        try (Ledger ledger = Stores.open(url);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                callers.execute(() -> enter(ledger));
            }
        }
    }

    private static void enter(Ledger ledger) {
        while (true) {
            ProbeRecord probe = Probes.leaving();
            ledger.enter(probe);
            say(probe.id().text());
        }
    }

    /** Holds the write lock until it is killed. */
    private static void lock(String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            say("locked");
            System.in.read();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
