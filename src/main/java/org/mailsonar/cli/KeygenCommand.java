package org.mailsonar.cli;

import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;

/** Makes a key pair: the monitor's, or one that a reflector signs its returns with. */
final class KeygenCommand implements Command {

    private static final String MONITOR = "monitor";

    @Override
    public String name() {
        return "keygen";
    }

    @Override
    public String usage() {
        return "--out DIR [--name NAME]";
    }

    @Override
    public String summary() {
        return "makes a key pair: DIR/monitor.key for the monitor alone, DIR/monitor.pub for the reflectors";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.option("out", "DIR", "where the two files go; nothing there is overwritten"))
                .addOption(Command.option(
                        "name",
                        "NAME",
                        "what the files are called, monitor when not given; with any other name they are the keys of a"
                                + " reflector that signs its returns"));
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, KeyFileException {
        Command.noArguments(line);
        String directory = line.getOptionValue("out");
        if (directory == null) {
            throw new UsageException("--out DIR is needed");
        }
        String name = line.getOptionValue("name", MONITOR);
        if (!isFileName(name)) {
            throw new UsageException("a key's name has letters, digits, dots and hyphens alone, such as reflector");
        }
        Path out = Path.of(directory);
        KeyFiles.generate(out, name);
        boolean monitor = name.equals(MONITOR);
        terminal.print(out.resolve(name + ".key")
                + (monitor
                        ? "  private: keep it on the monitor, readable by it alone"
                        : "  private: keep it on the reflector, readable by it alone, and name it as signWith"));
        terminal.print(out.resolve(name + ".pub")
                + (monitor
                        ? "  public: copy it to each reflector and name it under trust"
                        : "  public: copy it to each monitor and name it as the target's returnKey"));
        return ExitStatus.GOOD;
    }

    private static boolean isFileName(String name) {
        return !name.startsWith(".")
                && !name.startsWith("-")
                && !name.isEmpty()
                && name.chars().allMatch(c -> c == '.' || c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
