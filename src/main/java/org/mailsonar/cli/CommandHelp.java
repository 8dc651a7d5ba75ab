package org.mailsonar.cli;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Prints what a command takes. */
final class CommandHelp {

    private CommandHelp() {}

    static void print(Command command, Options options, Terminal terminal) {
        terminal.print("mailsonar " + (command.name() + " " + command.usage()).stripTrailing());
        terminal.print("");
        terminal.print(command.summary());
        terminal.print("");
        List<Option> sorted = options.getOptions().stream()
                .sorted(Comparator.comparing(Option::getLongOpt))
                .toList();
        int width =
                sorted.stream().mapToInt(option -> left(option).length()).max().orElse(0);
        for (Option option : sorted) {
            String left = left(option);
            terminal.print("  " + left + " ".repeat(width - left.length() + 2) + option.getDescription());
        }
    }

    private static String left(Option option) {
        String name = option.getOpt() == null ? "--" : "-" + option.getOpt() + ", --";
        return name + option.getLongOpt() + (option.hasArg() ? " " + option.getArgName() : "");
    }
}
