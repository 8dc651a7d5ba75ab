package org.mailsonar.cli;

import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.mailsonar.config.ConfigException;
import org.mailsonar.notify.Delivery;
import org.mailsonar.notify.Notice;
import org.mailsonar.notify.Notifier;
import org.mailsonar.notify.NotifySettings;
import org.mailsonar.notify.WaySettings;
import org.mailsonar.time.TimeSource;

/** Tries a way by which people are told. */
final class NotifyCommand implements Command {

    /** Reads who is told, from a monitor's configuration. */
    interface Loader {
        NotifySettings load(Path file) throws ConfigException;
    }

    private final Loader loader;

    NotifyCommand(Loader loader) {
        this.loader = loader;
    }

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public String usage() {
        return "test WAY [--config FILE]";
    }

    @Override
    public String summary() {
        return "sends a test notice by one way, and prints what came of it";
    }

    @Override
    public Options options() {
        return new Options().addOption(Command.configOption());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException {
        List<String> words = line.getArgList();
        if (words.size() != 2 || !words.getFirst().equals("test")) {
            throw new UsageException("two words are needed, 'test' and the name of a way");
        }
        String name = words.getLast();
        NotifySettings settings = loader.load(Command.configFile(line, "monitor.yaml"));
        WaySettings way = settings.ways().get(name);
        if (way == null) {
            throw new UsageException("there is no way '" + name + "'; "
                    + (settings.ways().isEmpty()
                            ? "the configuration has none under notify.ways"
                            : "there are " + String.join(", ", settings.ways().keySet())));
        }
        TimeSource time = TimeSource.system();
        try (Notifier notifier = way.open(time)) {
            return switch (notifier.deliver(Notice.test(name, time.now().wall()))) {
                case Delivery.Delivered _ -> {
                    terminal.print(name + ", " + way.describe() + ": delivered");
                    yield ExitStatus.GOOD;
                }
                case Delivery.Failed(String why) -> {
                    terminal.print(name + ", " + way.describe() + ": not delivered: " + why);
                    yield ExitStatus.FAILING;
                }
            };
        }
    }
}
