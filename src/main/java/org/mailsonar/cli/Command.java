package org.mailsonar.cli;

import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.probe.KeyFileException;

/** One of the program's commands. */
interface Command {

    /** A user's mistake on the command line; the message says what would be right. */
    final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** The word that names it. */
    String name();

    /** What stands behind the name on a command line, for the help. */
    String usage();

    /** What it does, on one line. */
    String summary();

    /** Its options, without {@code --help}, which every command has. */
    Options options();

    /**
     * Does it.
     *
     * @return the exit status
     */
    int run(CommandLine line, Terminal terminal)
            throws UsageException, ConfigException, KeyFileException, InterruptedException;

    /** Its options and {@code --help}. */
    static Options allOptions(Command command) {
        return command.options()
                .addOption(Option.builder("h").longOpt("help").desc("this help").get());
    }

    /** What is on a command line. */
    static CommandLine parse(Options options, List<String> arguments) throws ParseException {
        return new DefaultParser(false).parse(options, arguments.toArray(String[]::new));
    }

    /** The option {@code --config FILE}. */
    static Option configOption() {
        return option("config", "FILE", "the configuration file");
    }

    /** The option {@code --format}. */
    static Option formatOption() {
        return option("format", "text|json|nagios", "how results are printed; text when not given");
    }

    /**
     * An option with a value.
     *
     * @param argument what the value is, as the help shows it
     * @param words what it is for, as the help says it
     */
    static Option option(String name, String argument, String words) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(words)
                .get();
    }

    /** An option without a value. */
    static Option flag(String name, String words) {
        return Option.builder().longOpt(name).desc(words).get();
    }

    /** The file that {@code --config} names, or the one in the usual places. */
    static Path configFile(CommandLine line, String usualName) {
        @Nullable String named = line.getOptionValue("config");
        return ConfigFiles.find(named == null ? null : Path.of(named), usualName);
    }

    /** The one argument behind a command's name. */
    static String onlyArgument(CommandLine line, String what) throws UsageException {
        if (line.getArgList().size() != 1) {
            throw new UsageException("one " + what + " is needed"
                    + (line.getArgList().isEmpty()
                            ? ""
                            : ", not " + line.getArgList().size()));
        }
        return line.getArgList().getFirst();
    }

    /** For a command that takes no argument. */
    static void noArguments(CommandLine line) throws UsageException {
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("'" + line.getArgList().getFirst() + "' is not understood here");
        }
    }
}
