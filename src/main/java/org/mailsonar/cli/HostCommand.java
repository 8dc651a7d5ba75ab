package org.mailsonar.cli;

import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.mailsonar.check.host.HostCheck;
import org.mailsonar.check.host.HostReport;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.HostConfig;
import org.mailsonar.time.TimeSource;

/** This machine: its mail queue, processors, memory, disks, connections, processes, files and mail log. */
final class HostCommand implements Command {

    @Override
    public String name() {
        return "host";
    }

    @Override
    public String usage() {
        return "[--format text|json|nagios] [--log qmonitor.log] [--monitor FILE] [--config FILE]";
    }

    @Override
    public String summary() {
        return "looks at this machine: queue, processors, memory, disks, connections, processes, files, mail log";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.configOption())
                .addOption(Command.formatOption())
                .addOption(MonitorDatabase.option())
                .addOption(Option.builder()
                        .longOpt("log")
                        .hasArg()
                        .argName("FILE")
                        .desc("the table to which a row is added, instead of the configuration's")
                        .get());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        OutputFormat format = OutputFormat.named(line.getOptionValue("format", "text"));
        HostSettings settings = HostConfig.load(Command.configFile(line, "host.yaml"));
        if (line.hasOption("log")) {
            settings = settings.withLog(Path.of(line.getOptionValue("log")).toAbsolutePath());
        }
        MonitorDatabase database = MonitorDatabase.of(line);
        HostReport report = new HostCheck(settings, TimeSource.system()).look();
        terminal.print(HostTexts.of(format, report));
        return database.use(
                (store, vantage) -> store.checks().add(report.sample()),
                report.state().status(),
                name(),
                terminal);
    }
}
