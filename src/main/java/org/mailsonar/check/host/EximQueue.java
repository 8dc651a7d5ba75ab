package org.mailsonar.check.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Exim's queue by {@code exim -bp}, and by {@code exim -bpc}, which only counts and tells nothing of ages, where that takes too long.
 * A message that is frozen is held; Exim does not tell those that wait for another attempt from others, so these are all active.
 */
final class EximQueue implements QueueReader {

    /** {@code  3h   2.9K 1aBcDe-0000xY-2F <sender@company.test> *** frozen ***}: age, size, id, sender. */
    private static final Pattern MESSAGE =
            Pattern.compile("^\\s*(\\d+)([smhdw])\\s+\\S+\\s+[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}\\s.*$");

    private final Programs programs;
    private final Duration limit;
    private final String program;

    EximQueue(Programs programs, Duration limit, String program) {
        this.programs = programs;
        this.limit = limit;
        this.program = program;
    }

    @Override
    public QueueTally count(Instant now) throws CannotLookException, InterruptedException {
        QueueTally tally = new QueueTally();
        return switch (programs.run(List.of(program, "-bp"), limit, output -> read(output, tally))) {
            case Ran.NotRun(String why) -> countOnly(why);
            case Ran.Ended ended
            when ended.status() != 0 ->
                throw new CannotLookException(
                        program + " -bp " + ended.told()
                                + "; only Exim's administrators may list its queue, see queue_list_requires_admin and runWith:");
            case Ran.Ended ended -> tally;
        };
    }

    private QueueTally countOnly(String why) throws CannotLookException, InterruptedException {
        if (programs.run(List.of(program, "-bpc"), limit) instanceof Ran.Ended ended
                && ended.status() == 0
                && ended.output().strip().matches("\\d{1,9}")) {
            QueueTally tally = new QueueTally();
            tally.addCounted(Integer.parseInt(ended.output().strip()), why);
            return tally;
        }
        throw new CannotLookException(why);
    }

    /** Adds the messages of an output. */
    static void read(InputStream output, QueueTally tally) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.ISO_8859_1));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher message = line.length() > 1000 ? MESSAGE.matcher("") : MESSAGE.matcher(line);
            if (message.matches()) {
                boolean frozen = line.endsWith("*** frozen ***");
                tally.add(
                        frozen ? QueueTally.Standing.HELD : QueueTally.Standing.ACTIVE,
                        seconds(message.group(1), message.group(2)));
            }
        }
    }

    private static long seconds(String number, String unit) {
        long count = number.length() > 9 ? 0 : Long.parseLong(number);
        return count
                * switch (unit) {
                    case "s" -> 1;
                    case "m" -> 60;
                    case "h" -> 3600;
                    case "d" -> 86_400;
                    default -> 604_800;
                };
    }
}
