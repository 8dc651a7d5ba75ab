package org.mailsonar.cli;

import java.util.List;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;

/** Notes that somebody knows of a target's problem, so that it is neither repeated nor escalated. */
final class AckCommand implements Command {

    private final Function<MonitorConfig, Store> opener;

    /**
     * The command.
     *
     * @param opener opens the database that a configuration names
     */
    AckCommand(Function<MonitorConfig, Store> opener) {
        this.opener = opener;
    }

    @Override
    public String name() {
        return "ack";
    }

    @Override
    public String usage() {
        return "TARGET [--by NAME] [--config FILE]";
    }

    @Override
    public String summary() {
        return "says that you know of a target's problem: it is neither repeated nor escalated until it changes";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.configOption())
                .addOption(Command.option("by", "NAME", "who knows of it; your user name when not given"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException {
        String target = Command.onlyArgument(line, "target");
        String by = OneLine.printable(line.getOptionValue("by", System.getProperty("user.name", "somebody")));
        MonitorConfig config = MonitorConfig.load(Command.configFile(line, "monitor.yaml"));
        List<String> names = config.targets().stream().map(Target::name).toList();
        try (Store store = opener.apply(config)) {
            if (!store.outbox()
                    .acknowledge(target, by, TimeSource.system().now().wall())) {
                // A target that has left the file may still have a problem, and that is repeated.
                if (!names.contains(target)) {
                    throw new UsageException("there is no target '" + target + "'; mailsonar status lists them");
                }
                terminal.say(target + ": nothing is wrong with it now, so there is nothing to acknowledge");
                return ExitStatus.UNKNOWN;
            }
        }
        terminal.print(target + ": noted that " + by + " knows; it is neither repeated nor escalated until it changes");
        return ExitStatus.GOOD;
    }
}
