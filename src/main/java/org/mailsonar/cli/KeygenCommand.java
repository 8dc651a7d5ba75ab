package org.mailsonar.cli;

import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;

/** Makes the monitor's key pair. */
final class KeygenCommand implements Command {

    private static final String KEY_NAME = "monitor";

    @Override
    public String name() {
        return "keygen";
    }

    @Override
    public String usage() {
        return "--out DIR";
    }

    @Override
    public String summary() {
        return "makes a key pair: DIR/monitor.key for the monitor alone, DIR/monitor.pub for the reflectors";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Option.builder()
                        .longOpt("out")
                        .hasArg()
                        .argName("DIR")
                        .desc("where the two files go; nothing there is overwritten")
                        .get());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, KeyFileException {
        Command.noArguments(line);
        String directory = line.getOptionValue("out");
        if (directory == null) {
            throw new UsageException("--out DIR is needed");
        }
        Path out = Path.of(directory);
        KeyFiles.generate(out, KEY_NAME);
        terminal.print(out.resolve(KEY_NAME + ".key") + "  private: keep it on the monitor, readable by it alone");
        terminal.print(out.resolve(KEY_NAME + ".pub") + "  public: copy it to each reflector and name it under trust");
        return ExitStatus.GOOD;
    }
}
