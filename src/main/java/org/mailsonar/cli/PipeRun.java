package org.mailsonar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.PipeLogSettings;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.LoggedHandler;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.PipeProgram;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.time.TimeSource;

/**
 * One run of a pipe program, the same for both sides of the way. Whatever goes wrong here, the mail comes again: every unexpected
 * failure is a 75, never a 1, on which mail servers bounce.
 */
final class PipeRun {

    /**
     * What a side needs for its run.
     *
     * @param log where it logs
     * @param handler what handles the message
     * @param maxMessageSize how many bytes of it are read
     * @param ownAddress whose mail it is when the mail server does not tell
     * @param opened what to close afterwards
     */
    record Side(
            PipeLogSettings log,
            MailHandler handler,
            int maxMessageSize,
            EmailAddress ownAddress,
            AutoCloseable opened) {}

    /** Reads a side's configuration and opens what it needs. */
    interface Opener {
        Side open(PipeArguments arguments) throws ConfigException, PipeArguments.UsageException;
    }

    private final String program;
    private final Opener opener;

    PipeRun(String program, Opener opener) {
        this.program = program;
        this.opener = opener;
    }

    /**
     * Does the whole work.
     *
     * @param arguments see {@link PipeArguments}
     * @param standardInput the message, unless it is in a file
     * @param standardOutput gets the cause where the status makes the mail server bounce, and nothing otherwise
     * @return the sysexits status
     */
    int run(
            String[] arguments,
            InputStream standardInput,
            PrintStream standardOutput,
            Map<String, String> environment) {
        PipeLog log = new PipeLog(program, PipeLogSettings.SYSLOG);
        try {
            PipeArguments parsed = PipeArguments.parse(arguments);
            Side side = opener.open(parsed);
            log = new PipeLog(program, side.log());
            try (AutoCloseable opened = side.opened();
                    InputStream message = input(parsed.messageFile(), standardInput)) {
                PipeLog messageLog = log;
                TimeSource time = TimeSource.system();
                PipeProgram pipe = new PipeProgram(
                        new LoggedHandler(side.handler(), handled -> messageLog.accept(handled.line()), time),
                        time,
                        side.maxMessageSize(),
                        side.ownAddress());
                Disposition disposition = pipe.run(message, environment);
                Optional<String> cause = PipeProgram.bounceText(disposition);
                if (cause.isPresent()) {
                    standardOutput.println(cause.get());
                    standardOutput.flush(); // the program halts and flushes nothing by itself
                }
                return PipeProgram.exitStatus(disposition);
            }
        } catch (ConfigException | PipeArguments.UsageException mistake) {
            log.accept("deferred: " + mistake.getMessage());
        } catch (Throwable unexpected) { // also what is no Exception: a bounce would tell a stranger of it
            tell(log, unexpected);
        }
        return PipeProgram.TRY_AGAIN;
    }

    /** What is told here may be that there is no memory left, and then even the telling may fail. */
    private static void tell(PipeLog log, Throwable unexpected) {
        try {
            log.accept("deferred: unexpected " + unexpected);
        } catch (Throwable untold) {
            // The status tells it all the same.
        }
    }

    private static InputStream input(@Nullable Path messageFile, InputStream standardInput)
            throws PipeArguments.UsageException {
        try {
            return messageFile == null ? standardInput : Files.newInputStream(messageFile);
        } catch (IOException unreadable) {
            String why = unreadable instanceof NoSuchFileException ? "it is not there" : unreadable.toString();
            throw new PipeArguments.UsageException("the message file " + messageFile + " cannot be read: " + why);
        }
    }
}
