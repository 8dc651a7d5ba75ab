package org.mailsonar.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.protocol.Dialogue;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.config.ChecksReader;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.DialoguesReader;
import org.mailsonar.config.Quantities;
import org.mailsonar.time.TimeSource;

/** Looks at servers by their protocols, each named by a URL. Bad URLs are told of among the results, and all others are still looked at. */
final class CheckCommand implements Command {

    private static final int USUAL_AT_A_TIME = 50;
    private static final int MOST_AT_A_TIME = 1000;

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String usage() {
        return "URL... [--format text|json|nagios] [--verbose] [--timeout 30s] [--parallel N] [--file LIST] [--dialogues FILE]"
                + " | --resident";
    }

    @Override
    public String summary() {
        return "looks at servers by tcp, smtp, smtps, lmtp, submission, pop3, pop3s, imap, imaps, nntp, ftp, http, https, ldap, ldaps";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Command.formatOption())
                .addOption(option("timeout", "TIME", "how long one check may take; 30s when not given"))
                .addOption(option(
                        "parallel", "N", "how many at a time, at most two of them at one host; 50 when not given"))
                .addOption(option("file", "LIST", "a file with further URLs, one on each line"))
                .addOption(option("dialogues", "FILE", "a site's own dialogues; see conf/dialogues.yaml"))
                .addOption(Option.builder()
                        .longOpt("resident")
                        .desc("stays, and does the checks of all calls by this user, which then start no Java")
                        .get())
                .addOption(Option.builder()
                        .longOpt("verbose")
                        .desc(
                                "tells the steps, the certificate and what was said; JSON has all but the last without it")
                        .get());
    }

    private static Option option(String name, String argument, String description) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(description)
                .get();
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException, InterruptedException {
        if (line.hasOption("resident")) {
            Command.noArguments(line);
            return CheckService.run(terminal);
        }
        Look look = look(line, UnaryOperator.identity());
        CheckPlaces places = new CheckPlaces(look.reader(), look.time());
        line.getArgList().forEach(url -> places.add(url, Path.of("")));
        String list = line.getOptionValue("file");
        if (list != null) {
            places.addFrom(Path.of(list));
        }
        return look.at(places.all(), terminal);
    }

    /**
     * The same for a caller whose files are others. Only what is as it should be is done: all else is an exception, which its own program will have
     * in its own words.
     */
    static int run(CommandLine line, UnaryOperator<Path> files, Terminal terminal)
            throws UsageException, ConfigException, InterruptedException {
        Look look = look(line, files);
        List<ChecksReader.Place> places = new ArrayList<>();
        for (String url : line.getArgList()) {
            places.add(look.reader().read(url, files));
        }
        return look.at(places, terminal);
    }

    /** How one looks, as the options say. */
    private record Look(OutputFormat format, boolean verbose, ChecksReader reader, SideBySide checks, TimeSource time) {

        int at(List<ChecksReader.Place> places, Terminal terminal) throws UsageException, InterruptedException {
            if (places.isEmpty()) {
                throw new UsageException("a URL is needed, such as smtp://mail.company.test");
            }
            Function<CheckResult, String> printer = printer(format, places, verbose);
            CheckResult.State[] worst = {CheckResult.State.GOOD};
            checks.run(places, result -> {
                terminal.print(printer.apply(result));
                worst[0] = worst[0].worse(result.state());
            });
            return worst[0].status();
        }
    }

    private static Look look(CommandLine line, UnaryOperator<Path> files) throws UsageException, ConfigException {
        OutputFormat format = OutputFormat.named(line.getOptionValue("format", "text"));
        TimeSource time = TimeSource.system();
        ChecksReader reader = new ChecksReader(dialogues(line, files), limits(line), time);
        return new Look(format, line.hasOption("verbose"), reader, new SideBySide(atATime(line), time), time);
    }

    private static Function<CheckResult, String> printer(
            OutputFormat format, List<ChecksReader.Place> places, boolean verbose) {
        return switch (format) {
            case TEXT -> new CheckText(width(places), verbose)::of;
            case JSON -> result -> CheckJson.of(result, verbose);
            case NAGIOS -> CheckPlugin::of;
        };
    }

    private static int width(List<ChecksReader.Place> places) {
        int width = 0;
        for (ChecksReader.Place place : places) {
            width = Math.max(width, place.check().name().length());
        }
        return Math.min(width, 100);
    }

    private static List<Dialogue> dialogues(CommandLine line, UnaryOperator<Path> files) throws ConfigException {
        String file = line.getOptionValue("dialogues");
        return file == null ? List.of() : DialoguesReader.read(files.apply(Path.of(file)));
    }

    private static Limits limits(CommandLine line) throws UsageException {
        String text = line.getOptionValue("timeout");
        try {
            Duration timeout = text == null ? Limits.DEFAULT.timeout() : Quantities.duration(text);
            return new Limits(timeout, Limits.DEFAULT.slowAfter());
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--timeout: " + wrong.getMessage());
        }
    }

    private static int atATime(CommandLine line) throws UsageException {
        String text = line.getOptionValue("parallel");
        int number = text == null ? USUAL_AT_A_TIME : number(text);
        if (number < 1 || number > MOST_AT_A_TIME) {
            throw new UsageException("--parallel is 1 to " + MOST_AT_A_TIME + ", not '" + text + "'");
        }
        return number;
    }

    private static int number(String text) {
        boolean isNumber = text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber && !text.isEmpty() ? Integer.parseInt(text) : 0;
    }
}
