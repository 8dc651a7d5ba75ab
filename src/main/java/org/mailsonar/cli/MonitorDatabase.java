package org.mailsonar.cli;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.store.Store;

/** The option {@code --monitor FILE} of commands that also keep what they found: in the database that this file names. */
final class MonitorDatabase {

    private static final String OPTION = "monitor";

    private final @Nullable MonitorConfig config;

    private MonitorDatabase(@Nullable MonitorConfig config) {
        this.config = config;
    }

    /** The option. */
    static Option option() {
        return Command.option(
                OPTION, "FILE", "a monitor's file (monitor.yaml), in whose database the results are kept as well");
    }

    /** What the command line names; nothing where it names none. */
    static MonitorDatabase of(CommandLine line) throws ConfigException {
        String file = line.getOptionValue(OPTION);
        return new MonitorDatabase(file == null ? null : MonitorConfig.load(Path.of(file)));
    }

    /**
     * Works with the database, if there is one.
     *
     * @param work takes the store and the vantage
     * @param status what the command ends with otherwise
     * @return the status, which is unknown where all was good and the database could not be used
     */
    int use(BiConsumer<Store, String> work, int status, String command, Terminal terminal) {
        if (config == null) {
            return status;
        }
        try (Store store = MonitorWiring.openStore(config)) {
            work.accept(store, config.settings().vantage());
            return status;
        } catch (LedgerException failed) {
            terminal.say(OneLine.printable("mailsonar " + command + ": " + failed.getMessage()));
            return status == ExitStatus.GOOD ? ExitStatus.UNKNOWN : status;
        }
    }
}
