package org.mailsonar.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.store.Store;
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
        Map<String, Long> counters;
        Map<String, Situation> situations;
        try (Store store = Wiring.openStore(config);
                ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            // Of 100,000 targets each takes a second.
            Future<Map<String, Situation>> reading = beside.submit(() -> situations(store));
            newest = store.ledger().newestByTarget();
            counters = store.ledger().counters();
            situations = reading.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof LedgerException known ? known : new IllegalStateException(failed);
        }
        List<StatusLine> lines = config.targets().stream()
                .map(target -> new StatusLine(target, newest.get(target.name()), situations.get(target.name())))
                .toList();
        switch (format) {
            case TEXT -> text(lines, counters, terminal);
            case JSON -> terminal.print(StatusLine.json(lines, counters));
            case NAGIOS -> lines.forEach(one -> terminal.print(one.nagios()));
        }
        return worst(lines);
    }

    private static Map<String, Situation> situations(Store store) {
        Map<String, Situation> situations = new HashMap<>();
        store.situations().each(situation -> situations.put(situation.target(), situation));
        return situations;
    }

    private static void text(List<StatusLine> lines, Map<String, Long> counters, Terminal terminal) {
        int name = lines.stream()
                .mapToInt(line -> line.target().name().length())
                .max()
                .orElse(0);
        int verdict =
                lines.stream().mapToInt(line -> line.verdict().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text(name, verdict)).append('\n'));
        counters.forEach((what, count) -> text.append("mail that was no return, ")
                .append(what)
                .append(": ")
                .append(count)
                .append('\n'));
        terminal.print(text.toString().stripTrailing());
    }

    /** The worst of all: failing before slow before unknown before good. */
    private static int worst(List<StatusLine> lines) {
        List<Integer> worstFirst = List.of(ExitStatus.FAILING, ExitStatus.SLOW, ExitStatus.UNKNOWN, ExitStatus.GOOD);
        int worst = worstFirst.size() - 1;
        for (StatusLine line : lines) {
            worst = Math.min(worst, worstFirst.indexOf(line.status()));
        }
        return worstFirst.get(worst);
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
