package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.evidence.AuthenticationResult;
import org.mailsonar.roundtrip.evidence.Evidence;
import org.mailsonar.roundtrip.evidence.Hop;
import org.mailsonar.roundtrip.evidence.Legs;
import org.mailsonar.roundtrip.evidence.Passage;
import org.mailsonar.store.Store;
import org.mailsonar.time.UtcText;

/** One probe with all that is known of its way. */
final class ShowCommand implements Command {

    private static final List<String> COLUMNS = List.of("time", "step", "from", "to", "protocol", "TLS", "queue id");

    @Override
    public String name() {
        return "show";
    }

    @Override
    public String usage() {
        return "PROBE [--config FILE]";
    }

    @Override
    public String summary() {
        return "prints one probe's way, there and back, and how it was handed over; history lists the probes";
    }

    @Override
    public Options options() {
        return new Options().addOption(Command.configOption());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException {
        String wanted = Command.onlyArgument(line, "probe's id").toUpperCase(Locale.ROOT);
        if (!ProbeId.isValid(wanted)) {
            throw new UsageException("'" + wanted + "' is no probe's id; mailsonar history TARGET shows them");
        }
        MonitorConfig config = MonitorConfig.load(Command.configFile(line, "monitor.yaml"));
        ProbeId id = new ProbeId(wanted);
        try (Store store = MonitorWiring.openStore(config)) {
            Optional<ProbeRecord> probe = store.ledger().find(id);
            if (probe.isEmpty()) {
                terminal.say("there is no probe " + id + " in the ledger");
                return ExitStatus.UNKNOWN;
            }
            Map<Ledger.Paper, String> papers = store.ledger().papers(id);
            head(probe.get(), terminal);
            @Nullable String way = papers.get(Ledger.Paper.WAY);
            if (way != null) {
                Evidence.parse(way).ifPresent(evidence -> way(evidence, terminal));
            }
            paper("the bounce", papers.get(Ledger.Paper.BOUNCE), terminal);
            paper("how it was handed over", papers.get(Ledger.Paper.SUBMISSION), terminal);
        }
        return ExitStatus.GOOD;
    }

    private static void head(ProbeRecord probe, Terminal terminal) {
        terminal.print("probe    " + probe.id() + (probe.retry() ? "  (sent since the one before was lost)" : ""));
        terminal.print("target   " + probe.target() + "  " + probe.address());
        terminal.print("vantage  " + probe.vantage() + (probe.monitor().isEmpty() ? "" : "  " + probe.monitor()));
        terminal.print("sent     " + UtcText.micros(probe.sent()));
        terminal.print("outcome  " + OutcomeText.words(probe));
        ProbeReport.roundTrip(probe)
                .ifPresent(trip -> terminal.print("         received " + UtcText.micros(trip.received()) + ", exact to "
                        + OutcomeText.seconds(trip.resolution()) + " s, by the "
                        + trip.clock().name().toLowerCase(Locale.ROOT) + " clock"
                        + (probe.duplicates() == 0 ? "" : ", " + probe.duplicates() + " more return(s)")));
        if (probe.note() != null) {
            terminal.print("told     " + probe.note());
        }
    }

    private static void way(Evidence evidence, Terminal terminal) {
        Legs legs = evidence.legs();
        if (legs != null) {
            terminal.print(
                    "stamped  " + UtcText.millis(legs.stamp()) + (legs.agent().isEmpty() ? "" : " by " + legs.agent()));
            terminal.print("         "
                    + (legs.skewed()
                            ? "its clock differs from the monitor's by more than the way took, so the halves mean nothing"
                            : "there " + OutcomeText.seconds(legs.there()) + " s, back "
                                    + OutcomeText.seconds(legs.back()) + " s, if both clocks are right"));
        }
        passage("there", evidence.there(), terminal);
        passage("back", evidence.back(), terminal);
    }

    private static void passage(String name, Passage passage, Terminal terminal) {
        if (!passage.hops().isEmpty()) {
            terminal.print("");
            terminal.print("the way " + name);
            table(passage.hops()).forEach(row -> terminal.print("  " + row));
        }
        for (AuthenticationResult result : passage.authentication()) {
            terminal.print("  " + result.method() + " " + result.result() + " says " + result.server()
                    + (result.properties().isEmpty() ? "" : " (" + result.properties() + ")"));
        }
        passage.spam().forEach(sign -> terminal.print("  " + sign.name() + ": " + sign.value()));
    }

    private static List<String> table(List<Hop> hops) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS);
        for (Hop hop : hops) {
            rows.add(List.of(
                    hop.time() == null ? "?" : UtcText.millis(hop.time()).replace(".000Z", "Z"),
                    step(hop),
                    hop.from(),
                    hop.by(),
                    hop.protocol(),
                    hop.tls(),
                    hop.queueId()));
        }
        int[] widths = new int[COLUMNS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> padded(row, widths)).toList();
    }

    private static String step(Hop hop) {
        if (hop.skew() != null) {
            return hop.skew().toSeconds() + " s (clocks differ)";
        }
        return hop.step() == null ? "" : hop.step().toSeconds() + " s";
    }

    private static String padded(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return text.toString().stripTrailing();
    }

    private static void paper(String title, @Nullable String text, Terminal terminal) {
        if (text != null) {
            terminal.print("");
            terminal.print(title);
            text.lines().forEach(line -> terminal.print("  " + line));
        }
    }
}
