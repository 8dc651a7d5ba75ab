package org.mailsonar.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.instance.EndpointInstances.Endpoint;
import org.mailsonar.check.instance.InstanceSettings;
import org.mailsonar.check.instance.InstanceSurvey;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.Quantities;
import org.mailsonar.program.Programs;

/** The instances of the mail systems on this machine, those that do not run marked; starts these only when it is told to. */
final class InstancesCommand implements Command {

    private static final String LIMIT = "10s";
    private static final String START_LIMIT = "30s";

    @Override
    public String name() {
        return "instances";
    }

    @Override
    public String usage() {
        return "[--source postfix,dovecot,…] [--endpoint NAME=URL]… [--endpoints FILE] [--start] [--format text|json|nagios]";
    }

    @Override
    public String summary() {
        return "lists the instances of each mail server and its protocols, * before one that is not running; status 1 then";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.formatOption())
                .addOption(
                        Command.option(
                                "source",
                                "LIST",
                                "postfix, dovecot, systemd, windows, iis or endpoints, with commas between; all that are here when not given"))
                .addOption(Command.option(
                        "endpoint",
                        "NAME=URL",
                        "an instance that runs when the check of this URL passes; may be repeated"))
                .addOption(Command.option("endpoints", "FILE", "the same from a file, one on each line"))
                .addOption(Command.option(
                        "dovecot",
                        "FILE",
                        "a configuration file of Dovecot, instead of the instances that it remembers; may be repeated"))
                .addOption(Command.option(
                        "run-with",
                        "WORDS",
                        "stand before each command that is run, such as 'sudo -n'; no shell reads them"))
                .addOption(Command.option(
                        "limit", "TIME", "for each question to a program or a listener; " + LIMIT + " when not given"))
                .addOption(Command.option(
                        "start-limit", "TIME", "for each command that starts one; " + START_LIMIT + " when not given"))
                .addOption(Command.flag(
                        "start",
                        "starts what is not running; the status is 1 all the same, so that somebody hears of it"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        OutputFormat format = OutputFormat.named(line.getOptionValue("format", "text"));
        if (line.hasOption("start-limit") && !line.hasOption("start")) {
            throw new UsageException("--start-limit goes with --start");
        }
        Duration startLimit = Quantities.duration(line.getOptionValue("start-limit", START_LIMIT));
        InstanceSettings settings = settings(line, line.hasOption("start") ? startLimit : null);
        if (settings.chosen().isEmpty()) {
            throw new UsageException(
                    "nothing on this machine is known to have instances; name some with --endpoint NAME=URL");
        }
        InstanceSurvey survey = settings.survey();
        terminal.print(InstancesReport.of(format, survey));
        return survey.state().status();
    }

    private static InstanceSettings settings(CommandLine line, @Nullable Duration startLimit) throws UsageException {
        Duration limit = Quantities.duration(line.getOptionValue("limit", LIMIT));
        List<Path> dovecot = values(line, "dovecot").stream()
                .map(file -> Path.of(file).toAbsolutePath())
                .toList();
        List<Endpoint> endpoints = new Endpoints().read(values(line, "endpoint"), line.getOptionValue("endpoints"));
        Programs programs = new Programs(words(line.getOptionValue("run-with")));
        String chosen = line.getOptionValue("source");
        List<String> sources = new ArrayList<>();
        for (String word : chosen == null ? new String[0] : chosen.split(",", -1)) {
            sources.add(word.strip());
        }
        try {
            return new InstanceSettings(sources, endpoints, dovecot, programs, limit, startLimit);
        } catch (IllegalArgumentException unknown) {
            throw new UsageException("--source " + unknown.getMessage());
        }
    }

    private static List<String> values(CommandLine line, String option) {
        String @Nullable [] values = line.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }
}
