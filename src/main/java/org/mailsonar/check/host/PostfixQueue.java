package org.mailsonar.check.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Postfix's queues by {@code postqueue -j}, one JSON object for each message (postqueue(1), Postfix 3.1 and later). It is read as it comes
 * and nothing of it is kept, so a queue of any length needs no memory.
 */
final class PostfixQueue implements QueueReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final Programs programs;
    private final Duration limit;
    private final String directory;

    /** The queues of the instance that has its main.cf in this directory. */
    PostfixQueue(Programs programs, Duration limit, String directory) {
        this.programs = programs;
        this.limit = limit;
        this.directory = directory;
    }

    @Override
    public QueueTally count(Instant now) throws CannotLookException, InterruptedException {
        QueueTally tally = new QueueTally();
        List<String> command = List.of("postqueue", "-c", directory, "-j");
        return switch (programs.run(command, limit, output -> read(output, now, tally))) {
            case Ran.NotRun(String why) -> throw new CannotLookException(why);
            case Ran.Ended ended
            when ended.status() != 0 ->
                throw new CannotLookException("postqueue -c " + directory + " -j " + ended.told());
            case Ran.Ended ended -> tally;
        };
    }

    /** Adds the messages of an output. */
    static void read(InputStream output, Instant now, QueueTally tally) throws IOException {
        try (JsonParser parser = JSON.createParser(output)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.START_OBJECT) {
                    throw new IOException("this is no output of postqueue -j");
                }
                message(parser, now, tally);
            }
        }
    }

    private static void message(JsonParser parser, Instant now, QueueTally tally) throws IOException {
        String queue = "";
        long arrival = now.getEpochSecond();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("queue_name") && value == JsonToken.VALUE_STRING) {
                queue = parser.getText();
            } else if (name.equals("arrival_time") && value == JsonToken.VALUE_NUMBER_INT) {
                arrival = parser.getLongValue();
            }
            parser.skipChildren();
        }
        QueueTally.Standing standing = switch (queue) {
            case "hold" -> QueueTally.Standing.HELD;
            case "deferred" -> QueueTally.Standing.DEFERRED;
            case "incoming", "maildrop" -> QueueTally.Standing.INCOMING;
            default -> QueueTally.Standing.ACTIVE;
        };
        tally.add(standing, now.getEpochSecond() - arrival);
    }
}
