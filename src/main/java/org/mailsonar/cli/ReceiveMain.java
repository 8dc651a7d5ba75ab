package org.mailsonar.cli;

import java.util.List;
import java.util.Optional;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.MonitorReturns;
import org.mailsonar.roundtrip.Flights;
import org.mailsonar.roundtrip.Sight;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.CheckTargets;

/**
 * {@code mailsonar receive}: takes the one return on standard input, or in a file, for a monitor whose returns come to a {@code
 * .forward} file, and ends with a sysexits status.
 */
public final class ReceiveMain {

    private ReceiveMain() {}

    /** The program. */
    public static void main(String[] arguments) {
        PipeRun run = new PipeRun("mailsonar-receive", ReceiveMain::open);
        Runtime.getRuntime().halt(run.run(arguments, System.in, System.out, System.getenv()));
    }

    static PipeRun.Side open(PipeArguments arguments) throws ConfigException, PipeArguments.UsageException {
        if (arguments.server() != null) {
            throw new PipeArguments.UsageException(
                    "a message file at most, and nothing before it: nothing is sent here");
        }
        MonitorConfig config = MonitorConfig.load(ConfigFiles.find(arguments.configFile(), "monitor.yaml"));
        Store store = MonitorWiring.openStore(config);
        Targets targets = new Targets(config.targets());
        Sight sight = new Sight(config.settings(), store.attendance(), TimeSource.system(), Optional::empty);
        Judging judging =
                Judging.of(config.settings(), targets, new CheckTargets(List.of()), sight, store, (target, due) -> {});
        return new PipeRun.Side(
                config.log(),
                MonitorWiring.returnDesk(
                        config, targets, store.ledger(), new Flights(TimeSource.system()), sight, judging.one()),
                MonitorReturns.LARGEST,
                config.settings().returnTo(),
                store);
    }
}
