package org.mailsonar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.Sequence;
import org.mailsonar.config.SequenceReader;
import org.mailsonar.config.SiteConfig;
import org.mailsonar.config.SiteReader;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;
import org.mailsonar.site.SystestLog;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.fault.SiteChecks;

/** Sends mail over the paths of a site, fetches it as a customer would, and says which machine is at fault where that fails. */
final class PathsCommand implements Command {

    @Override
    public String name() {
        return "paths";
    }

    @Override
    public String usage() {
        return "[--all | --due | --plan] [--sequence FILE] [--log FILE] [--monitor FILE] [--format text|json|nagios] [--config FILE]";
    }

    @Override
    public String summary() {
        return "sends a mail over each path of a site (site.yaml), fetches it as a customer would, and finds the machine at fault";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.configOption())
                .addOption(Command.formatOption())
                .addOption(MonitorDatabase.option())
                .addOption(flag("all", "all paths once, also those that the plan leaves out"))
                .addOption(flag("due", "what is due this minute by the plan, for a crontab entry of every minute"))
                .addOption(flag("plan", "runs nothing; prints what is run in which minute, and what that covers"))
                .addOption(file("sequence", "a sequence.cfg in place of the plan of the site's file"))
                .addOption(file("log", "adds a line for each run, as in systest.log"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        if (List.of("all", "due", "plan").stream().filter(line::hasOption).count() > 1) {
            throw new UsageException("of --all, --due and --plan only one can be meant");
        }
        OutputFormat format = OutputFormat.named(line.getOptionValue("format", "text"));
        SiteConfig config = SiteReader.read(Command.configFile(line, "site.yaml"));
        @Nullable String sequence = line.getOptionValue("sequence");
        Sequence planned = sequence == null ? config.sequence() : SequenceReader.read(Path.of(sequence), config.site());
        planned.mistakes().forEach(mistake -> terminal.say("mailsonar paths: " + mistake));
        int least = planned.mistakes().isEmpty() ? ExitStatus.GOOD : ExitStatus.UNKNOWN;
        PathPlan plan = planned.plan();
        PathsText text = new PathsText(config.site());
        if (line.hasOption("plan")) {
            text.plan(plan).forEach(terminal::print);
            return least;
        }
        TimeSource time = TimeSource.system();
        SiteChecks checks = Sites.checks(config, plan, mta -> Optional.empty(), time);
        List<org.mailsonar.site.Path> paths = line.hasOption("due")
                ? checks.due()
                : line.hasOption("all") ? config.site().paths() : plan.paths();
        MonitorDatabase database = MonitorDatabase.of(line);
        // What was seen in the runs before tells machines apart that this one alone cannot.
        Instant now = time.now().wall();
        Instant since = now.minus(checks.memory());
        database.use(
                (store, vantage) -> store.paths().each(vantage, since, now, checks::remember),
                ExitStatus.GOOD,
                name(),
                terminal);
        Output output = new Output(config.site(), line, format, text, terminal);
        SiteChecks.Round round = checks.run(paths, output::add);
        output.end(round);
        int status = round.result().state().status();
        int told = status == ExitStatus.GOOD && output.hasLogFailed()
                ? ExitStatus.UNKNOWN
                : status == ExitStatus.GOOD ? least : status;
        return database.use(
                (store, vantage) -> round.runs().forEach(run -> store.paths().add(vantage, run)),
                told,
                name(),
                terminal);
    }

    private static Option flag(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    private static Option file(String name, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName("FILE")
                .desc(description)
                .get();
    }

    /** Where runs and findings go. */
    private static final class Output {

        private final @Nullable SystestLog log;
        private final String logName;
        private final OutputFormat format;
        private final PathsText text;
        private final Terminal terminal;
        private final AtomicBoolean isLogBroken = new AtomicBoolean();
        private final AtomicBoolean isBegun = new AtomicBoolean();

        Output(Site site, CommandLine line, OutputFormat format, PathsText text, Terminal terminal) {
            this.logName = line.getOptionValue("log", "");
            this.log = logName.isEmpty() ? null : new SystestLog(Path.of(logName), site);
            this.format = format;
            this.text = text;
            this.terminal = terminal;
        }

        void add(PathRun run) {
            log(run);
            switch (format) {
                case TEXT -> {
                    if (isBegun.compareAndSet(false, true)) {
                        terminal.print(text.head());
                    }
                    terminal.print(text.run(run));
                }
                case JSON -> terminal.print(PathsJson.of(run));
                case NAGIOS -> {}
            }
        }

        private void log(PathRun run) {
            try {
                if (log != null) {
                    log.add(run);
                }
            } catch (IOException unwritable) {
                if (isLogBroken.compareAndSet(false, true)) {
                    terminal.say("mailsonar paths: " + logName + " cannot be written (" + unwritable
                            + "); name a file that this user may write with --log");
                }
            }
        }

        void end(SiteChecks.Round round) {
            switch (format) {
                case TEXT -> text.finding(round).forEach(terminal::print);
                case JSON -> terminal.print(PathsJson.of(round));
                case NAGIOS -> terminal.print(CheckPlugin.of(round.result()));
            }
        }

        boolean hasLogFailed() {
            return isLogBroken.get();
        }
    }
}
