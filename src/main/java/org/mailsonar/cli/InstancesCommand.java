package org.mailsonar.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.instance.EndpointInstances;
import org.mailsonar.check.instance.InstanceSource;
import org.mailsonar.check.instance.InstanceSources;
import org.mailsonar.check.instance.InstanceStarter;
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
                        option(
                                "source",
                                "LIST",
                                "postfix, dovecot, systemd, windows, iis or endpoints, with commas between; all that are here when not given"))
                .addOption(option(
                        "endpoint",
                        "NAME=URL",
                        "an instance that runs when the check of this URL passes; may be repeated"))
                .addOption(option("endpoints", "FILE", "the same from a file, one on each line"))
                .addOption(option(
                        "dovecot",
                        "FILE",
                        "a configuration file of Dovecot, instead of the instances that it remembers; may be repeated"))
                .addOption(option(
                        "run-with",
                        "WORDS",
                        "stand before each command that is run, such as 'sudo -n'; no shell reads them"))
                .addOption(option(
                        "limit", "TIME", "for each question to a program or a listener; " + LIMIT + " when not given"))
                .addOption(option(
                        "start-limit", "TIME", "for each command that starts one; " + START_LIMIT + " when not given"))
                .addOption(Option.builder()
                        .longOpt("start")
                        .desc("starts what is not running; the status is 1 all the same, so that somebody hears of it")
                        .get());
    }

    private static Option option(String name, String argument, String words) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(words)
                .get();
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        OutputFormat format = OutputFormat.named(line.getOptionValue("format", "text"));
        if (line.hasOption("start-limit") && !line.hasOption("start")) {
            throw new UsageException("--start-limit goes with --start");
        }
        Duration startLimit = Quantities.duration(line.getOptionValue("start-limit", START_LIMIT));
        Programs programs = new Programs(words(line.getOptionValue("run-with")));
        List<InstanceSource> sources = sources(line, programs);
        InstanceSurvey survey = InstanceSurvey.of(sources);
        if (line.hasOption("start")) {
            survey = new InstanceStarter(programs, startLimit).start(survey, sources);
        }
        terminal.print(InstancesReport.of(format, survey));
        return survey.state().status();
    }

    private static List<InstanceSource> sources(CommandLine line, Programs programs)
            throws UsageException, ConfigException {
        Duration limit = Quantities.duration(line.getOptionValue("limit", LIMIT));
        List<Path> dovecot = new ArrayList<>();
        for (String file : values(line, "dovecot")) {
            dovecot.add(Path.of(file).toAbsolutePath());
        }
        List<InstanceSource> all = new ArrayList<>(InstanceSources.all(programs, limit, dovecot));
        all.add(new EndpointInstances(
                new Endpoints().read(values(line, "endpoint"), line.getOptionValue("endpoints"))));
        String chosen = line.getOptionValue("source");
        if (chosen == null) {
            List<InstanceSource> here =
                    all.stream().filter(InstanceSource::isHere).toList();
            if (here.isEmpty()) {
                throw new UsageException(
                        "nothing on this machine is known to have instances; name some with --endpoint NAME=URL");
            }
            return here;
        }
        List<InstanceSource> sources = new ArrayList<>();
        for (String word : chosen.split(",", -1)) {
            sources.add(all.stream()
                    .filter(source -> source.name().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--source knows "
                            + String.join(
                                    ", ", all.stream().map(InstanceSource::name).toList()) + ", not '"
                            + word.strip() + "'")));
        }
        return sources;
    }

    private static List<String> values(CommandLine line, String option) {
        String @Nullable [] values = line.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }
}
