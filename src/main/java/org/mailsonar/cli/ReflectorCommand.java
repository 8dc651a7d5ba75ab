package org.mailsonar.cli;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.ReflectorConfig;

/** The resident reflector. */
final class ReflectorCommand implements Command {

    private static final Logger LOG = LogManager.getLogger("org.mailsonar.reflector");

    @Override
    public String name() {
        return "reflector";
    }

    @Override
    public String usage() {
        return "[--config FILE]";
    }

    @Override
    public String summary() {
        return "the resident reflector: listens where reflector.yaml says and returns authentic probes";
    }

    @Override
    public Options options() {
        return new Options().addOption(Command.configOption());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        ReflectorConfig config = ReflectorConfig.load(Command.configFile(line, "reflector.yaml"));
        if (config.listen().isEmpty() && config.mailboxes().isEmpty()) {
            throw new UsageException("the configuration has no place to take mail from; add for example:"
                    + " listen: [smtp://127.0.0.1:2525], or mailboxes");
        }
        try (UntilStopped stop = new UntilStopped();
                RunningReflector reflector = Wiring.startReflector(config)) {
            LOG.info(
                    "{} key(s) trusted, returns leave by {}",
                    config.settings().trust().size(),
                    reflector.relay().describe());
            stop.await();
        }
        return ExitStatus.GOOD;
    }
}
