package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.Quantities;
import org.mailsonar.roundtrip.Measures;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.store.Store;

/** What a time's probes tell together: ability to send and to receive, outstanding messages, round trips. */
final class MeasureCommand implements Command {

    @Override
    public String name() {
        return "measure";
    }

    @Override
    public String usage() {
        return "[TARGET] [--since TIME] [--format text|json] [--config FILE]";
    }

    @Override
    public String summary() {
        return "prints ability to send and to receive, outstanding messages and round trips of a target, or of all, over a time";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.configOption())
                .addOption(Command.option("since", "TIME", "how long ago, such as 1h or 7d; 1d when not given"))
                .addOption(
                        Command.option("format", "text|json", "text when not given; json is one object on each line"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException {
        String format = line.getOptionValue("format", "text");
        if (!List.of("text", "json").contains(format)) {
            throw new UsageException("--format is text or json, not '" + format + "'");
        }
        Instant since = Instant.now().minus(Quantities.duration(line.getOptionValue("since", "1d")));
        MonitorConfig config = MonitorConfig.load(Command.configFile(line, "monitor.yaml"));
        List<Target> targets = targets(config, line.getArgList());
        int width = targets.stream()
                .mapToInt(target -> target.name().length())
                .max()
                .orElse(0);
        try (Store store = MonitorWiring.openStore(config)) {
            for (Target target : targets) {
                Measures measures = new Measures();
                store.ledger().each(target.name(), since, measures::add);
                terminal.print(format.equals("json") ? json(target, measures) : text(target, measures, width));
            }
        }
        return ExitStatus.GOOD;
    }

    private static List<Target> targets(MonitorConfig config, List<String> words) throws UsageException {
        if (words.isEmpty()) {
            return config.targets();
        }
        Target target = words.size() == 1 ? config.target(words.getFirst()) : null;
        if (target == null) {
            throw new UsageException("'" + String.join(" ", words) + "' is no target; mailsonar status lists them");
        }
        return List.of(target);
    }

    private static String text(Target target, Measures measures, int width) {
        return target.name() + " ".repeat(width - target.name().length() + 2)
                + measures.probes() + " probe(s), sent " + percent(measures.abilityToSend()) + ", received "
                + percent(measures.abilityToReceive()) + ", outstanding " + measures.outstanding()
                + measures.average()
                        .map(average -> ", round trip average " + OutcomeText.seconds(average) + " s, median "
                                + seconds(measures, 50) + " s, p95 " + seconds(measures, 95) + " s, longest "
                                + seconds(measures, 100) + " s")
                        .orElse("");
    }

    private static String percent(Optional<Double> share) {
        return share.map(percent -> String.format(Locale.ROOT, "%.1f %%", percent))
                .orElse("unknown");
    }

    private static String seconds(Measures measures, int percent) {
        return OutcomeText.seconds(measures.percentile(percent).orElse(Duration.ZERO));
    }

    private static String json(Target target, Measures measures) {
        return JsonText.object(json -> {
            json.writeStringField("name", target.name());
            json.writeNumberField("probes", measures.probes());
            number(json, "abilityToSendPercent", measures.abilityToSend());
            number(json, "abilityToReceivePercent", measures.abilityToReceive());
            json.writeNumberField("outstanding", measures.outstanding());
            json.writeNumberField("late", measures.late());
            number(json, "averageSeconds", measures.average().map(MeasureCommand::inSeconds));
            number(json, "medianSeconds", measures.percentile(50).map(MeasureCommand::inSeconds));
            number(json, "p95Seconds", measures.percentile(95).map(MeasureCommand::inSeconds));
            number(json, "longestSeconds", measures.percentile(100).map(MeasureCommand::inSeconds));
        });
    }

    private static void number(JsonGenerator json, String name, Optional<Double> value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.get());
        }
    }

    private static double inSeconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
