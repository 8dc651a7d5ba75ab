package org.mailsonar.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.Quantities;
import org.mailsonar.report.daily.Csv;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.store.Store;
import org.mailsonar.time.UtcText;

/** All probes of a target, oldest first, as they come out of the database. */
final class HistoryCommand implements Command {

    private static final String CSV_HEADER =
            "id,target,address,vantage,sent,outcome,round_trip_seconds,resolution_seconds,clock,retry,duplicates,reason";

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String usage() {
        return "TARGET [--since TIME] [--format text|json|csv] [--config FILE]";
    }

    @Override
    public String summary() {
        return "prints a target's probes, oldest first";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.configOption())
                .addOption(Command.option(
                        "since",
                        "TIME",
                        "how long ago, such as 24h or 7d, or a day or an instant; everything when not given"))
                .addOption(Command.option(
                        "format", "text|json|csv", "text when not given; json is one object on each line"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException {
        String wanted = Command.onlyArgument(line, "target");
        Function<ProbeRecord, String> format = format(line.getOptionValue("format", "text"));
        @Nullable Instant since = since(line.getOptionValue("since"));
        MonitorConfig config = MonitorConfig.load(Command.configFile(line, "monitor.yaml"));
        Target target = config.target(wanted);
        // One that has left the file has its history all the same.
        String name = target == null ? wanted : target.name();
        int[] found = new int[1];
        try (Store store = MonitorWiring.openStore(config)) {
            if (line.getOptionValue("format", "text").equals("csv")) {
                terminal.print(CSV_HEADER);
            }
            store.ledger().each(name, since, probe -> {
                found[0]++;
                terminal.print(format.apply(probe));
            });
        }
        if (found[0] == 0) {
            terminal.say(
                    "there is no probe of '" + name + "'" + (since == null ? "" : " since " + UtcText.millis(since)));
            return ExitStatus.UNKNOWN;
        }
        return ExitStatus.GOOD;
    }

    private static Function<ProbeRecord, String> format(String name) throws UsageException {
        return switch (name) {
            case "text" -> HistoryCommand::text;
            case "json" -> HistoryCommand::json;
            case "csv" -> HistoryCommand::csv;
            default -> throw new UsageException("--format is text, json or csv, not '" + name + "'");
        };
    }

    private static @Nullable Instant since(@Nullable String text) throws UsageException {
        if (text == null) {
            return null;
        }
        try {
            return Instant.now().minus(Quantities.duration(text));
        } catch (IllegalArgumentException noDuration) {
            return instant(text);
        }
    }

    private static Instant instant(String text) throws UsageException {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException neither) {
            throw new UsageException(
                    "--since is for example 24h, 2026-11-21 or 2026-11-21T01:02:03Z, not '" + text + "'");
        }
    }

    private static String text(ProbeRecord probe) {
        return UtcText.millis(probe.sent()) + "  " + probe.vantage() + "  " + probe.id() + "  "
                + OutcomeText.words(probe)
                + (probe.note() == null ? "" : " (" + probe.note() + ")")
                + (probe.retry() ? " (retry)" : "");
    }

    private static String json(ProbeRecord probe) {
        return JsonText.object(json -> ProbeReport.writeFields(json, probe));
    }

    private static String csv(ProbeRecord probe) {
        Optional<RoundTrip> trip = ProbeReport.roundTrip(probe);
        return String.join(
                ",",
                List.of(
                        probe.id().text(),
                        Csv.field(probe.target()),
                        Csv.field(probe.address().toString()),
                        Csv.field(probe.vantage()),
                        UtcText.micros(probe.sent()),
                        probe.outcome().name(),
                        trip.map(found -> OutcomeText.seconds(found.time())).orElse(""),
                        trip.map(found -> OutcomeText.seconds(found.resolution()))
                                .orElse(""),
                        trip.map(found -> found.clock() == RoundTrip.Clock.MONOTONIC ? "monotonic" : "wall")
                                .orElse(""),
                        String.valueOf(probe.retry()),
                        String.valueOf(probe.duplicates()),
                        Csv.field(OutcomeText.reason(probe).orElse(""))));
    }
}
