package org.mailsonar.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.relay.Transmission;
import org.mailsonar.report.daily.DailyReport;
import org.mailsonar.report.daily.ReportDay;
import org.mailsonar.report.daily.ReportFormat;
import org.mailsonar.report.daily.ReportSettings;
import org.mailsonar.report.daily.ReportTemplates;
import org.mailsonar.schedule.DailyMail;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;

/** The report of a day: printed, written to a file, or sent. */
final class ReportCommand implements Command {

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String usage() {
        return "[--day DAY] [--zone ZONE] [--format text|html|csv] [--template FILE] [--out FILE] [--mail] [--show-template]"
                + " [--config FILE]";
    }

    @Override
    public String summary() {
        return "reports a day: availability, round trips, outages with their causes, paths, machines, hosts and checks, beside the week before";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.configOption())
                .addOption(Command.option(
                        "day", "DAY", "a date such as 2026-11-20, today or yesterday; yesterday when not given"))
                .addOption(Command.option(
                        "zone",
                        "ZONE",
                        "by whose clocks the day is, such as Europe/Berlin; this machine's when not given"))
                .addOption(Command.option(
                        "format",
                        "text|html|csv",
                        "text when not given; html is one file with pictures; csv is one table with a row for each figure:"
                                + " section, name, measure, value"))
                .addOption(Command.option(
                        "template",
                        "FILE",
                        "a JTE template of your own, escaped as --format says; it is compiled and run as a part of Mailsonar,"
                                + " and may do what Mailsonar may"))
                .addOption(Command.option("out", "FILE", "where it is written; standard output when not given"))
                .addOption(Command.flag(
                        "mail",
                        "sends it to those whom report.to in the configuration file names, instead of printing it"))
                .addOption(Command.flag(
                        "show-template", "prints the template of the format that is shipped, to begin your own with"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException {
        Command.noArguments(line);
        ReportFormat format = format(line);
        if (line.hasOption("show-template")) {
            print(terminal, ReportTemplates.source(format));
            return ExitStatus.GOOD;
        }
        Path template = path(line, "template");
        Path out = path(line, "out");
        Path file = Command.configFile(line, "monitor.yaml");
        MonitorConfig config = MonitorConfig.load(file);
        ReportSettings settings = config.report();
        if (line.hasOption("mail") && settings == null) {
            throw new IllegalArgumentException(
                    file + ": nobody is to be sent a report; add for example: report: {to: [boss@elsewhere.test]}");
        }
        ReportDay day = day(line, settings == null ? ZoneId.systemDefault() : settings.zone());
        DailyReport report;
        try (Store store = MonitorWiring.openStore(config)) {
            report = Reporting.maker(config, config.targets(), store).make(day);
        }
        if (line.hasOption("mail") && settings != null) {
            return mail(config, adapted(settings, line, format, template), report, terminal);
        }
        String text = template == null
                ? ReportTemplates.render(report, format)
                : ReportTemplates.render(report, format, template);
        if (out == null) {
            print(terminal, text);
        } else {
            write(out, text);
        }
        return ExitStatus.GOOD;
    }

    private static int mail(MonitorConfig config, ReportSettings settings, DailyReport report, Terminal terminal) {
        List<String> taken = new ArrayList<>();
        int status = ExitStatus.GOOD;
        for (DailyMail.Letter letter : Reporting.letters(config, settings, report)) {
            Transmission sent = letter.send().get();
            if (sent instanceof Transmission.Accepted) {
                taken.add(letter.to());
            } else {
                terminal.say("mailsonar report: not sent to " + letter.to() + ": " + sent.text());
                status = ExitStatus.FAILING;
            }
        }
        if (!taken.isEmpty()) {
            terminal.say("the report of " + report.day().date() + " was sent to " + String.join(", ", taken));
        }
        return status;
    }

    /** What the command line says goes before. */
    private static ReportSettings adapted(
            ReportSettings settings, CommandLine line, ReportFormat format, @Nullable Path template) {
        boolean named = line.hasOption("format");
        return new ReportSettings(
                settings.to(),
                settings.at(),
                settings.zone(),
                named ? format : settings.format(),
                template != null ? template : named && format != settings.format() ? null : settings.template());
    }

    private static ReportFormat format(CommandLine line) throws UsageException {
        try {
            return ReportFormat.of(line.getOptionValue("format", "text"));
        } catch (IllegalArgumentException none) {
            throw new UsageException("--format is text, html or csv, not '" + line.getOptionValue("format") + "'");
        }
    }

    private static @Nullable Path path(CommandLine line, String option) throws UsageException {
        String name = line.getOptionValue(option);
        try {
            return name == null ? null : Path.of(name);
        } catch (InvalidPathException wrong) {
            throw new UsageException("--" + option + " is no name of a file");
        }
    }

    private static ReportDay day(CommandLine line, ZoneId usual) throws UsageException {
        ZoneId zone = zone(line.getOptionValue("zone"), usual);
        LocalDate today = TimeSource.system().now().wall().atZone(zone).toLocalDate();
        String text = line.getOptionValue("day", "yesterday");
        return new ReportDay(
                switch (text) {
                    case "today" -> today;
                    case "yesterday" -> today.minusDays(1);
                    default -> date(text);
                },
                zone);
    }

    private static LocalDate date(String text) throws UsageException {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() < 2000 || date.getYear() > 9999) {
                throw new UsageException("--day is a date from 2000 on, not '" + text + "'");
            }
            return date;
        } catch (DateTimeException none) {
            throw new UsageException("--day is for example 2026-11-20, today or yesterday, not '" + text + "'");
        }
    }

    private static ZoneId zone(@Nullable String text, ZoneId usual) throws UsageException {
        try {
            return text == null ? usual : ZoneId.of(text);
        } catch (DateTimeException none) {
            throw new UsageException("--zone is for example Europe/Berlin or UTC, not '" + text + "'");
        }
    }

    /** Always UTF-8, as an HTML file says of itself. */
    private static void print(Terminal terminal, String text) {
        terminal.results().writeBytes(text.getBytes(StandardCharsets.UTF_8));
        terminal.results().flush();
    }

    private static void write(Path out, String text) {
        try {
            Files.writeString(out, text);
        } catch (IOException failed) {
            throw new IllegalArgumentException(
                    out + ": cannot be written; name a file in a directory that is there and writable: "
                            + failed.getMessage());
        }
    }
}
