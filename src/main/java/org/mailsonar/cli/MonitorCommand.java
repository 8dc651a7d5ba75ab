package org.mailsonar.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.message.OneLine;
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
        return "the long-running monitor: probes every target of monitor.yaml by its schedule, takes the returns,"
                + " judges, and tells; reads changed targets again";
    }

    @Override
    public Options options() {
        return new Options().addOption(Command.configOption());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        Path file = Command.configFile(line, "monitor.yaml");
        Semaphore hungUp = new Semaphore(0);
        HangUp.onSignal(hungUp::release); // first of all: until then the signal would end the process
        ConfigParts before = ConfigParts.of(List.of(file));
        List<Path> parts = new ArrayList<>();
        MonitorConfig config = MonitorConfig.load(file, parts);
        try (UntilStopped stop = new UntilStopped();
                RunningMonitor monitor = MonitorWiring.startResident(config, MonitorCommand::tell);
                ConfigWatch watch =
                        new ConfigWatch(hungUp, before.become(parts), old -> reload(file, old, config, monitor))) {
            monitor.receive();
            monitor.schedule();
            LOG.info(
                    "{} target(s), {} check(s), probes leave by {}, ledger {}",
                    config.targets().size(),
                    config.checks().scheduled().size(),
                    config.submission().describe(),
                    config.database().describe());
            watch.begin();
            stop.await();
        }
        return ExitStatus.GOOD;
    }

    /** Takes over the file's targets, or leaves all as it is and says why. */
    private static Collection<Path> reload(
            Path file, Collection<Path> before, MonitorConfig first, RunningMonitor monitor) {
        List<Path> parts = new ArrayList<>();
        try {
            MonitorConfig config = MonitorConfig.load(file, parts);
            monitor.exchange(config);
            LOG.info(
                    "{} was read again: {} target(s), {} check(s)",
                    file,
                    config.targets().size(),
                    config.checks().scheduled().size());
            if (!config.sameButTargets(first)) {
                LOG.warn("{}: something besides targets and defaults has changed; that needs a new start", file);
            }
            return parts;
        } catch (ConfigException | RuntimeException wrong) {
            LOG.error(
                    "{} was not taken, what was in force stays so: {}",
                    file,
                    OneLine.printable(String.valueOf(wrong.getMessage())));
        } catch (Error unexpected) {
            LOG.error("{} was not taken, what was in force stays so: unexpected {}", file, unexpected.toString());
        }
        Set<Path> both = new LinkedHashSet<>(before);
        both.addAll(parts);
        return both;
    }

    private static void tell(ProbeRecord probe) {
        LOG.info("{}", OutcomeText.line(probe));
    }
}
