package org.mailsonar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.time.UtcText;

/**
 * The whole loop on this machine alone: a monitor, a reflector, and mail between their two SMTP listeners. It writes the same
 * configuration files that a real installation has, and runs from them.
 */
final class DemoCommand implements Command {

    private static final Duration ONCE_LIMIT = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String usage() {
        return "[--once] [--data DIR]";
    }

    @Override
    public String summary() {
        return "the whole loop on loopback, no set-up needed: prints each round trip as it happens";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.flag("once", "ends after one round trip; status 0 if it came back"))
                .addOption(
                        Command.option(
                                "data",
                                "DIR",
                                "where keys, configuration files and ledger go; when not given var/demo, or a new temporary directory"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal)
            throws UsageException, ConfigException, KeyFileException, InterruptedException {
        Command.noArguments(line);
        Configurator.setLevel("org.mailsonar", Level.WARN); // what the logs would tell is printed here
        Path data = dataDirectory(line.getOptionValue("data"));
        DemoFiles.write(data);
        ReflectorConfig reflectorConfig = ReflectorConfig.load(data.resolve("reflector.yaml"));
        MonitorConfig monitorConfig = MonitorConfig.load(data.resolve("monitor.yaml"));
        Instant started = Instant.now();
        BlockingQueue<ProbeRecord> ended = new ArrayBlockingQueue<>(1000);
        try (UntilStopped stop = new UntilStopped();
                RunningReflector reflector = ReflectorWiring.start(reflectorConfig);
                RunningMonitor monitor = MonitorWiring.start(monitorConfig, ended::offer)) {
            introduce(reflectorConfig, monitorConfig, data, terminal);
            monitor.receive();
            monitor.schedule();
            return line.hasOption("once") ? once(started, ended, terminal) : untilStopped(stop, ended, terminal);
        }
    }

    /** A probe of an earlier run may end first; what counts is one of this run. */
    private static int once(Instant started, BlockingQueue<ProbeRecord> ended, Terminal terminal)
            throws InterruptedException {
        long limit = System.nanoTime() + ONCE_LIMIT.toNanos();
        while (true) {
            ProbeRecord probe = ended.poll(limit - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (probe == null) {
                terminal.say("nothing came back within " + ONCE_LIMIT.toSeconds() + " s");
                return ExitStatus.FAILING;
            }
            print(probe, terminal);
            if (probe.sent().isAfter(started)) {
                return probe.outcome() instanceof Outcome.Returned ? ExitStatus.GOOD : ExitStatus.FAILING;
            }
        }
    }

    private static int untilStopped(UntilStopped stop, BlockingQueue<ProbeRecord> ended, Terminal terminal)
            throws InterruptedException {
        terminal.print("Ctrl-C ends it.");
        while (!stop.await(50, TimeUnit.MILLISECONDS)) {
            for (ProbeRecord probe = ended.poll(); probe != null; probe = ended.poll()) {
                print(probe, terminal);
            }
        }
        terminal.print("Stopped.");
        return ExitStatus.GOOD;
    }

    private static void print(ProbeRecord probe, Terminal terminal) {
        terminal.print(UtcText.millis(Instant.now()) + "  " + OutcomeText.line(probe));
    }

    private static void introduce(ReflectorConfig reflector, MonitorConfig monitor, Path data, Terminal terminal) {
        terminal.print("A monitor probes a reflector, both on this machine, by mail from port to port:");
        terminal.print("  monitor    " + monitor.settings().from() + ", takes returns at "
                + monitor.returns().listeners().getFirst());
        terminal.print("  reflector  " + reflector.settings().address() + ", listens at "
                + reflector.listen().getFirst());
        terminal.print("  data       " + data.toAbsolutePath().normalize()
                + " (keys, reflector.yaml, monitor.yaml, mailsonar.db)");
    }

    /** Where the tree is not this user's, a directory that nobody could have put there before. */
    private static Path dataDirectory(@Nullable String named) throws UsageException {
        if (named != null) {
            return Path.of(named);
        }
        Path root = Path.of(System.getProperty("mailsonar.root", "."));
        if (Files.isWritable(root)) {
            return root.resolve("var").resolve("demo");
        }
        try {
            return Files.createTempDirectory("mailsonar-demo-");
        } catch (IOException failed) {
            throw new UsageException("there is no place for the demo's files: " + failed + "; name one with --data");
        }
    }
}
