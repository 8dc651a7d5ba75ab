package org.mailsonar.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.config.Programs;
import org.mailsonar.intake.directory.CannotWatchException;
import org.mailsonar.intake.smtp.CannotListenException;
import org.mailsonar.intake.smtp.TlsFileException;
import org.mailsonar.message.OneLine;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.roundtrip.LedgerException;

/** {@code mailsonar}: finds the command, reads its options, runs it, and turns every mistake into one clear line. */
public final class Main {

    /** Loaded when they are asked for: {@link CheckMain} knows its own. */
    private static final class Commands {

        static final List<Command> ALL = List.of(
                new DemoCommand(),
                new KeygenCommand(),
                new ProbeCommand(),
                new MonitorCommand(),
                new StatusCommand(),
                new HistoryCommand(),
                new ShowCommand(),
                new MeasureCommand(),
                new CheckCommand(),
                new InstancesCommand(),
                new HostCommand(),
                new PathsCommand(),
                new ReportCommand(),
                new AckCommand(MonitorWiring::openStore),
                new NotifyCommand(file -> MonitorConfig.load(file).telling()),
                new ReflectorCommand(),
                new ConfigCommand());
    }

    private Main() {}

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, new Terminal(System.out, System.err)));
    }

    /** Runs one command and gives the exit status. */
    static int run(String[] arguments, Terminal terminal) {
        String name = arguments.length == 0 ? "--help" : arguments[0];
        if (name.equals("--help") || name.equals("help")) {
            help(terminal);
            return arguments.length == 0 ? ExitStatus.UNKNOWN : ExitStatus.GOOD;
        }
        if (name.equals("--version")) {
            terminal.print("mailsonar " + Programs.version());
            return ExitStatus.GOOD;
        }
        for (Command command : Commands.ALL) {
            if (command.name().equals(name)) {
                return run(command, List.of(arguments).subList(1, arguments.length), terminal);
            }
        }
        complain(terminal, "mailsonar: there is no command '" + name + "'; mailsonar --help lists them");
        return ExitStatus.UNKNOWN;
    }

    /** The same of a command that is known. */
    static int run(Command command, List<String> arguments, Terminal terminal) {
        Options options = Command.allOptions(command);
        try {
            CommandLine line = Command.parse(options, arguments);
            if (line.hasOption("help")) {
                CommandHelp.print(command, options, terminal);
                return ExitStatus.GOOD;
            }
            return command.run(line, terminal);
        } catch (ParseException | Command.UsageException mistake) {
            complain(
                    terminal,
                    "mailsonar " + command.name() + ": " + mistake.getMessage() + "; see mailsonar " + command.name()
                            + " --help");
        } catch (ConfigException
                | KeyFileException
                | LedgerException
                | CannotListenException
                | CannotWatchException
                | TlsFileException
                | IllegalArgumentException unusable) {
            complain(terminal, "mailsonar " + command.name() + ": " + unusable.getMessage());
        } catch (RuntimeException | Error unexpected) {
            // Left to Java it would end with 1, which means slow, and with a page that nobody can use.
            complain(terminal, "mailsonar " + command.name() + ": unexpected " + unexpected);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return ExitStatus.UNKNOWN;
    }

    /** One line, whatever was on the command line. */
    private static void complain(Terminal terminal, String line) {
        terminal.say(OneLine.printable(line));
    }

    private static void help(Terminal terminal) {
        terminal.print("mailsonar measures whether mail really flows: out, back, and how long the round trip takes.");
        terminal.print("");
        for (Command command : Commands.ALL) {
            terminal.print("  " + (command.name() + " " + command.usage()).stripTrailing());
            terminal.print("      " + command.summary());
        }
        terminal.print("  reflect [--config FILE] [[SERVER [FROM]] MESSAGE_FILE]");
        terminal.print(
                "      pipe program of the reflector: returns the one probe on standard input (also: email_return)");
        terminal.print("  receive [--config FILE] [MESSAGE_FILE]");
        terminal.print("      pipe program of the monitor: takes the one return on standard input");
        terminal.print("");
        terminal.print("mailsonar COMMAND --help tells more; mailsonar --version tells the version.");
    }
}
