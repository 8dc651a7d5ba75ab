package org.mailsonar.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.Quantities;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.time.Pause;

/** One probe now: sends it, waits for what becomes of it, prints that. */
final class ProbeCommand implements Command {

    /** How often the ledger is asked, in case another process takes the return. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** So long after a probe's time is over a monitor has said what became of it, unless it cannot tell. */
    private static final Duration DECIDING = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public String usage() {
        return "TARGET [--wait TIME] [--format text|json|nagios] [--config FILE]";
    }

    @Override
    public String summary() {
        return "sends one probe to a target of monitor.yaml (its name or its address), waits, and prints the total round trip";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.configOption())
                .addOption(Command.formatOption())
                .addOption(Option.builder()
                        .longOpt("wait")
                        .hasArg()
                        .argName("TIME")
                        .desc("how long to wait, such as 30s or 10m; the target's time-out when not given")
                        .get());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        String wanted = Command.onlyArgument(line, "target");
        ProbeReport report = ProbeReport.named(line.getOptionValue("format", "text"));
        Path file = Command.configFile(line, "monitor.yaml");
        MonitorConfig config = MonitorConfig.load(file);
        Configurator.setLevel("org.mailsonar", Level.WARN); // the result says it all
        Target target = target(config, wanted, file);
        @Nullable String wait = line.getOptionValue("wait");
        ProbeRecord probe =
                probe(config, target, wait == null ? target.timeout() : Quantities.duration(wait), terminal);
        terminal.print(report.of(probe, target));
        return OutcomeText.status(probe, target);
    }

    private static Target target(MonitorConfig config, String wanted, Path file) throws UsageException {
        Target target = config.target(wanted);
        if (target == null) {
            String known = config.targets().stream().map(Target::name).collect(Collectors.joining(", "));
            throw new UsageException(file + " has no target '" + wanted + "'; it has " + known);
        }
        return target;
    }

    private static ProbeRecord probe(MonitorConfig config, Target target, Duration wait, Terminal terminal)
            throws InterruptedException {
        Semaphore news = new Semaphore(0);
        try (RunningMonitor monitor = Wiring.startMonitor(config, probe -> news.release())) {
            boolean beside = monitor.isAnotherAtWork();
            listenUnlessMonitorDoes(monitor, target, beside, terminal);
            long start = System.nanoTime();
            ProbeId id = monitor.dispatcher().send(target);
            return beside
                    ? awaitMonitor(monitor.ledger(), id, start, wait)
                    : await(monitor.ledger(), id, news, start, wait);
        }
    }

    /** Where a monitor runs beside, it holds the places, takes the return and writes it into the same ledger. */
    private static void listenUnlessMonitorDoes(
            RunningMonitor monitor, Target target, boolean beside, Terminal terminal) {
        List<String> taken =
                beside ? List.of("a monitor of this vantage is at work") : monitor.receiveWherePossible(target);
        taken.forEach(why -> terminal.say(why + "; waiting for the program that listens there to take the return"));
    }

    /** The monitor knows what it could not have seen, so it alone decides what is lost. */
    private static ProbeRecord awaitMonitor(Ledger ledger, ProbeId id, long start, Duration wait)
            throws InterruptedException {
        while (true) {
            ProbeRecord probe = ledger.find(id).orElseThrow();
            Duration limit = wait.compareTo(probe.timeout()) < 0 ? wait : wait.plus(DECIDING);
            boolean patient = System.nanoTime() - start < limit.toNanos();
            if (!(probe.outcome() instanceof Outcome.InFlight) || !patient) {
                return probe;
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    private static boolean isLostNow(Ledger ledger, ProbeRecord probe) {
        return ledger.end(probe.id(), new Outcome.Lost(), probe.deadline())
                .filter(Ledger.Entry::first)
                .isPresent();
    }

    private static ProbeRecord await(Ledger ledger, ProbeId id, Semaphore news, long start, Duration wait)
            throws InterruptedException {
        while (true) {
            ProbeRecord probe = ledger.find(id).orElseThrow();
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            boolean overdue = waited.compareTo(probe.timeout()) >= 0;
            if (!(probe.outcome() instanceof Outcome.InFlight)) {
                return probe;
            }
            if (overdue && isLostNow(ledger, probe)) {
                return probe.with(new Outcome.Lost(), probe.deadline());
            }
            if (waited.compareTo(wait) >= 0) {
                return probe;
            }
            news.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
