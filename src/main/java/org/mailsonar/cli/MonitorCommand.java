package org.mailsonar.cli;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.roundtrip.ProbeRecord;

/** The long-running monitor. */
final class MonitorCommand implements Command {

    private static final Logger LOG = LogManager.getLogger("org.mailsonar.monitor");

    @Override
    public String name() {
        return "monitor";
    }

    @Override
    public String usage() {
        return "[--config FILE]";
    }

    @Override
    public String summary() {
        return "the long-running monitor: probes every target of monitor.yaml by its schedule and takes the returns";
    }

    @Override
    public Options options() {
        return new Options().addOption(Command.configOption());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        MonitorConfig config = MonitorConfig.load(Command.configFile(line, "monitor.yaml"));
        try (UntilStopped stop = new UntilStopped();
                RunningMonitor monitor = Wiring.startMonitor(config, MonitorCommand::tell)) {
            monitor.listen();
            monitor.schedule();
            LOG.info(
                    "{} target(s), probes leave by {}, ledger {}",
                    config.targets().size(),
                    config.submission().describe(),
                    config.database());
            stop.await();
        }
        return ExitStatus.GOOD;
    }

    private static void tell(ProbeRecord probe) {
        LOG.info("{}", OutcomeText.line(probe));
    }
}
