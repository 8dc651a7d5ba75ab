package org.mailsonar.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.CheckTarget;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Verdict;

/** Every target's verdict and what became of its last probe, from the database. */
final class StatusCommand implements Command {

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String usage() {
        return "[--format text|json|nagios] [--config FILE]";
    }

    @Override
    public String summary() {
        return "prints what is held of each target and what became of its last probe";
    }

    @Override
    public Options options() {
        return new Options().addOption(Command.configOption()).addOption(Command.formatOption());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        ProbeReport format = ProbeReport.named(line.getOptionValue("format", "text"));
        MonitorConfig config = MonitorConfig.load(Command.configFile(line, "monitor.yaml"));
        Map<String, ProbeRecord> newest;
        List<CheckTarget> scheduled;
        Map<String, CheckRecord> checked;
        Map<String, Long> counters;
        Map<String, Situation> situations;
        try (Store store = MonitorWiring.openStore(config);
                ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            // Of 100,000 targets each takes a second.
            Future<Map<String, Situation>> reading = beside.submit(() -> situations(store));
            scheduled = new ScheduledChecks(config.settings().vantage(), "", store).of(config.checks());
            checked = checked(config, scheduled, store);
            newest = store.ledger().newestByTarget();
            counters = store.ledger().counters();
            situations = reading.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof LedgerException known ? known : new IllegalStateException(failed);
        }
        List<StatusLine> lines = config.targets().stream()
                .map(target -> new StatusLine(target, newest.get(target.name()), situations.get(target.name())))
                .toList();
        List<CheckLine> checks = scheduled.stream()
                .map(target -> new CheckLine(target, checked.get(target.name()), situations.get(target.name())))
                .toList();
        switch (format) {
            case TEXT -> text(lines, checks, counters, terminal);
            case JSON -> terminal.print(StatusLine.json(lines, checks, counters));
            case NAGIOS -> {
                lines.forEach(one -> terminal.print(one.nagios()));
                checks.forEach(one -> terminal.print(one.nagios()));
            }
        }
        return worst(IntStream.concat(
                lines.stream().mapToInt(StatusLine::status), checks.stream().mapToInt(CheckLine::status)));
    }

    private static Map<String, Situation> situations(Store store) {
        Map<String, Situation> situations = new HashMap<>();
        store.situations().each(situation -> situations.put(situation.target(), situation));
        return situations;
    }

    /** The newest look of this vantage at each thing that is checked. */
    private static Map<String, CheckRecord> checked(MonitorConfig config, List<CheckTarget> scheduled, Store store) {
        Map<String, CheckRecord> newest = new HashMap<>();
        Instant soon = TimeSource.system().now().wall().plus(Duration.ofMinutes(1));
        for (CheckTarget target : scheduled) {
            store.checks().newest(target.name(), config.settings().vantage(), soon, 1).stream()
                    .findFirst()
                    .ifPresent(result -> newest.put(target.name(), result));
        }
        return newest;
    }

    private static void text(
            List<StatusLine> lines, List<CheckLine> checks, Map<String, Long> counters, Terminal terminal) {
        int name = widest(
                lines.stream().map(line -> line.target().name()),
                checks.stream().map(line -> line.target().name()));
        int verdict =
                widest(lines.stream().map(StatusLine::verdict), checks.stream().map(CheckLine::verdict));
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text(name, verdict)).append('\n'));
        checks.forEach(line -> text.append(line.text(name, verdict)).append('\n'));
        counters.forEach((what, count) -> text.append("mail that was no return, ")
                .append(what)
                .append(": ")
                .append(count)
                .append('\n'));
        terminal.print(text.toString().stripTrailing());
    }

    /** The worst of all: failing before slow before unknown before good. */
    private static int worst(IntStream statuses) {
        List<Integer> worstFirst = List.of(ExitStatus.FAILING, ExitStatus.SLOW, ExitStatus.UNKNOWN, ExitStatus.GOOD);
        return worstFirst.get(statuses.map(worstFirst::indexOf).min().orElse(worstFirst.size() - 1));
    }

    private static int widest(Stream<String> one, Stream<String> other) {
        return Stream.concat(one, other).mapToInt(String::length).max().orElse(0);
    }

    /** The plugin convention's status of a verdict. */
    static int status(Verdict.State state) {
        return switch (state) {
            case HEALTHY, NOT_APPLICABLE -> ExitStatus.GOOD;
            case WARNING, SLOW -> ExitStatus.SLOW;
            case FAILING, DOWN -> ExitStatus.FAILING;
            case INCONCLUSIVE -> ExitStatus.UNKNOWN;
        };
    }
}
