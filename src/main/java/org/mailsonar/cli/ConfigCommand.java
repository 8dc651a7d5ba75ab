package org.mailsonar.cli;

import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.intake.smtp.TlsFiles;
import org.mailsonar.verdict.Bound;

/** Validates configuration files. */
final class ConfigCommand implements Command {

    @Override
    public String name() {
        return "config";
    }

    @Override
    public String usage() {
        return "check [--monitor FILE] [--reflector FILE]";
    }

    @Override
    public String summary() {
        return "validates configuration files and the keys that they name; tells file, line, key and remedy";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.option("monitor", "FILE", "the monitor's file, such as conf/monitor.yaml"))
                .addOption(Command.option("reflector", "FILE", "the reflector's file, such as conf/reflector.yaml"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException {
        if (!Command.onlyArgument(line, "word 'check'").equals("check")) {
            throw new UsageException("the word behind config is check");
        }
        String monitor = line.getOptionValue("monitor");
        String reflector = line.getOptionValue("reflector");
        if (monitor == null && reflector == null) {
            throw new UsageException("name a file with --monitor or --reflector");
        }
        if (monitor != null) {
            MonitorConfig config = MonitorConfig.load(Path.of(monitor));
            config.submission().open().close();
            check(config.tls());
            terminal.print(monitor + ": good, " + config.targets().size() + " target(s), "
                    + config.checks().scheduled().size() + " check(s), probes leave by "
                    + config.submission().describe());
            config.targets().stream().map(Bound::text).forEach(bound -> terminal.print("  " + bound));
            config.checks().scheduled().stream().map(Bound::text).forEach(bound -> terminal.print("  " + bound));
            if (config.telling().dependsOnMail()) {
                terminal.say(monitor + ": warning: mail is the only way to tell, so nobody hears of mail that does not"
                        + " flow; add another way to notify");
            }
            if (config.returns().isEmpty()) {
                terminal.say(monitor + ": note: no 'returns', so nothing but 'mailsonar receive' can take returns");
            }
        }
        if (reflector != null) {
            ReflectorConfig config = ReflectorConfig.load(Path.of(reflector));
            config.relay().open().close();
            check(config.tls());
            terminal.print(reflector + ": good, " + config.settings().trust().size()
                    + " trusted key(s), returns leave by " + config.relay().describe());
        }
        return ExitStatus.GOOD;
    }

    private static void check(@Nullable TlsFiles tls) {
        if (tls != null) {
            tls.check();
        }
    }
}
