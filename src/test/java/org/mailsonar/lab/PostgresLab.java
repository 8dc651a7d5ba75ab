package org.mailsonar.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.mailsonar.testing.FreePorts;

/**
 * One running PostgreSQL on a free loopback port, with a password, and with fsync as in earnest. It can be stopped, killed, frozen
 * and started again, and keeps its data and its port. {@link #close} ends it and removes its files, and so does the end of the
 * Java machine, however that dies. Several may run side by side. Not thread-safe, apart from {@link #newDatabase}.
 */
public final class PostgresLab implements AutoCloseable {

    private static final String USER = "mailsonar";
    private static final String PASSWORD = "s3cret of the lab";

    private final Path root;
    private final int port;
    private final Process holder;
    private final BufferedReader answers;
    private final Writer orders;
    private final AtomicInteger databases = new AtomicInteger();
    private List<ProcessHandle> frozen = List.of();

    private PostgresLab(Path root, int port, Process holder) {
        this.root = root;
        this.port = port;
        this.holder = holder;
        this.answers = holder.inputReader(StandardCharsets.UTF_8);
        this.orders = holder.outputWriter(StandardCharsets.UTF_8);
    }

    /** Makes a new cluster, starts it, and returns when it answers. {@code settings} are further lines of its configuration. */
    public static PostgresLab start(String... settings) throws IOException {
        long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        Path root = Files.createDirectory(Path.of("/var/tmp", "mailsonar-postgres-" + Long.toString(number, 36)));
        int port = FreePorts.next();
        initialize(root, port, settings);
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", Resource.text("postgres-lab.sh"), "postgres-lab", root.toString()));
        words.addAll(PostgresPrograms.command("postgres", "-D", data(root).toString()));
        Process holder = new ProcessBuilder(words).redirectErrorStream(true).start();
        PostgresLab lab = new PostgresLab(root, port, holder);
        try {
            lab.startAgain();
        } catch (IllegalStateException failed) {
            String log = lab.log();
            lab.close();
            throw new IllegalStateException(log, failed);
        }
        return lab;
    }

    /**
     * The one for all suites of this Java machine that need databases alone and neither stop it nor change its settings. It ends with
     * the machine.
     */
    public static PostgresLab shared() {
        return Shared.LAB;
    }

    private static final class Shared {
        private static final PostgresLab LAB = start();

        private static PostgresLab start() {
            try {
                return PostgresLab.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void initialize(Path root, int port, String... settings) throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path password = Files.writeString(root.resolve("password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Command made = Command.run(PostgresPrograms.command(
                "initdb",
                "--pgdata=" + data(root),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync"));
        if (made.status() != 0) {
            throw new IllegalStateException("initdb: " + made);
        }
        Path more = Files.writeString(root.resolve("lab.conf"), """
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                shared_buffers = 64MB
                %s
                """.formatted(port, String.join("\n", settings)));
        Files.setPosixFilePermissions(more, PosixFilePermissions.fromString("rw-r--r--"));
        Path configuration = data(root).resolve("postgresql.conf");
        // The file belongs to the server's user: it is written as that one.
        Command included = Command.run(PostgresPrograms.shell("echo \"include '" + more + "'\" >> " + configuration));
        if (included.status() != 0) {
            throw new IllegalStateException("postgresql.conf: " + included);
        }
    }

    private static Path data(Path root) {
        return root.resolve("data");
    }

    /** Where it is, for JDBC: with the user's name and without the password. It is the database {@code postgres}. */
    public String url() {
        return url("postgres");
    }

    /** The same for another database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
    }

    /** Makes an empty database, which nobody else uses, and returns its URL. */
    public String newDatabase() {
        String name = "lab" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return url(name);
    }

    /** The one user, who may do everything. */
    public String user() {
        return USER;
    }

    /** The user's password. */
    public String password() {
        return PASSWORD;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Runs a statement as administrator in the database {@code postgres}. */
    public void execute(String sql) {
        execute(url(), sql);
    }

    /** The same in the database of a URL. */
    public void execute(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A connection as administrator to the database of a URL. */
    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    /** Stops it as an administrator does: sessions are ended, and the data are on disk. */
    public void stop() {
        order("stop");
    }

    /** Ends all its processes at once with no chance to tidy up, as kill -9 or a power cut of the program would. */
    public void kill() {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        order("wait");
        Poll.until("its sessions to be gone", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Lets all its processes stand still, as on a machine that hangs: connections stay open, and nothing is answered. */
    public void freeze() {
        frozen = processes();
        signal("-STOP");
    }

    /** Lets them go on. */
    public void thaw() {
        signal("-CONT");
        frozen = List.of();
    }

    private void signal(String signal) {
        List<String> words = new ArrayList<>(List.of("kill", signal));
        frozen.forEach(process -> words.add(Long.toString(process.pid())));
        Command.run(words);
    }

    private List<ProcessHandle> processes() {
        return holder.descendants().toList();
    }

    /** Starts it on the same data and port, and returns when it answers. */
    public void startAgain() {
        order("start");
        Poll.value("PostgreSQL to answer on port " + port, () -> {
            try (Connection connection = connect(url())) {
                return Optional.of(connection.isValid(1));
            } catch (SQLException notYet) {
                return Optional.empty();
            }
        });
    }

    /** The log so far. */
    public String log() {
        try {
            Path log = root.resolve("log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void order(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
            String answer = answers.readLine();
            if (!"done".equals(answer)) {
                throw new IllegalStateException(order + ": " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!frozen.isEmpty()) {
            thaw();
        }
        try {
            orders.close();
            holder.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            holder.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
