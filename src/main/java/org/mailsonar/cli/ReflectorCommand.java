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
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.config.Configurator;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.message.OneLine;

/** The resident reflector. */
final class ReflectorCommand implements Command {

    private static final Logger LOG = LogManager.getLogger("org.mailsonar.reflector");

    @Override
    public String name() {
        return "reflector";
    }

    @Override
    public String usage() {
        return "[--check] [--config FILE]";
    }

    @Override
    public String summary() {
        return "the resident reflector: listens and watches where reflector.yaml says and returns authentic probes;"
                + " reads a changed file again";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.configOption())
                .addOption(Command.flag(
                        "check", "tries keys, relay and all places without serving; status 0 if all is good, else 2"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        Command.noArguments(line);
        Path file = Command.configFile(line, "reflector.yaml");
        if (line.hasOption("check")) {
            Configurator.setLevel("org.mailsonar", Level.WARN); // what the logs would tell is printed
            return new ReflectorCheck(terminal).run(file);
        }
        return serve(file);
    }

    private static int serve(Path file) throws ConfigException, InterruptedException {
        Semaphore hungUp = new Semaphore(0);
        HangUp.onSignal(hungUp::release); // first of all: until then the signal would end the process
        ConfigParts before = ConfigParts.of(List.of(file));
        List<Path> parts = new ArrayList<>();
        ReflectorConfig config = ReflectorConfig.load(file, parts);
        LogOutput.use(config.logFormat());
        try (UntilStopped stop = new UntilStopped();
                RunningReflector reflector = ReflectorWiring.start(config);
                ConfigWatch watch =
                        new ConfigWatch(hungUp, before.become(parts), old -> reload(file, old, reflector))) {
            LOG.info(reflector.describe());
            warnOfRoot();
            watch.begin();
            stop.await();
        }
        return ExitStatus.GOOD;
    }

    /** Puts the file in force, or leaves all as it is and says why. */
    private static Collection<Path> reload(Path file, Collection<Path> before, RunningReflector reflector) {
        List<Path> parts = new ArrayList<>();
        try {
            ReflectorConfig config = ReflectorConfig.load(file, parts);
            reflector.exchange(config);
            LogOutput.use(config.logFormat());
            LOG.info("{} was read again: {}", file, reflector.describe());
            reflector.meters().reloaded(true);
            return parts;
        } catch (ConfigException | RuntimeException wrong) {
            LOG.error(
                    "{} was not taken, what was in force stays so: {}",
                    file,
                    OneLine.printable(String.valueOf(wrong.getMessage())));
        } catch (Error unexpected) {
            LOG.error("{} was not taken, what was in force stays so: unexpected {}", file, unexpected.toString());
        }
        reflector.meters().reloaded(false);
        // What the old one is made of counts as before, and what the new one was read from so far, a missing file too.
        Set<Path> both = new LinkedHashSet<>(before);
        both.addAll(parts);
        return both;
    }

    /** It takes mail from strangers: root's power is not needed for that, unless for a port below 1024. */
    private static void warnOfRoot() {
        if (System.getProperty("user.name", "").equals("root")) {
            LOG.warn("this runs as root; an ordinary user that may read the configuration is enough");
        }
    }
}
