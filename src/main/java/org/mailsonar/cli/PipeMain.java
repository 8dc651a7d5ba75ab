package org.mailsonar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.PipeLogSettings;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.intake.LoggedHandler;
import org.mailsonar.intake.PipeProgram;
import org.mailsonar.reflect.Reflector;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Relays;
import org.mailsonar.time.TimeSource;

/**
 * {@code email_return}, also known as {@code mailsonar reflect}: reflects the one message on standard input, or in a file, and ends
 * with a sysexits status. Whatever goes wrong here, the mail comes again: every unexpected failure is a 75, never a 1, on which mail
 * servers bounce.
 */
public final class PipeMain {

    private static final String PROGRAM = "email_return";

    private PipeMain() {}

    /** The program; halts, since there is nothing to tidy up and the mail server is waiting. */
    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(run(arguments, System.in, System.getenv()));
    }

    /**
     * Does the whole work.
     *
     * @param arguments {@code [--config FILE] [MESSAGE_FILE]}
     * @param standardInput the message, unless it is in a file
     * @return the sysexits status
     */
    static int run(String[] arguments, InputStream standardInput, Map<String, String> environment) {
        PipeLog log = new PipeLog(PROGRAM, PipeLogSettings.SYSLOG);
        try {
            PipeArguments parsed = PipeArguments.parse(arguments);
            Provider platform = Security.getProvider("SunEC");
            ReflectorConfig config =
                    ReflectorConfig.load(ConfigFiles.find(parsed.configFile(), "reflector.yaml"), platform);
            log = new PipeLog(PROGRAM, config.log());
            return reflect(config, log, parsed.messageFile(), standardInput, environment);
        } catch (ConfigException | PipeArguments.UsageException mistake) {
            log.accept("deferred: " + mistake.getMessage());
            return PipeProgram.TRY_AGAIN;
        } catch (Throwable unexpected) { // also what is no Exception: a bounce would tell a stranger of it
            log.accept("deferred: unexpected " + unexpected);
            return PipeProgram.TRY_AGAIN;
        }
    }

    private static int reflect(
            ReflectorConfig config,
            PipeLog log,
            @Nullable Path messageFile,
            InputStream standardInput,
            Map<String, String> environment)
            throws IOException {
        try (Relay relay = Relays.open(config.relay());
                InputStream message = messageFile == null ? standardInput : Files.newInputStream(messageFile)) {
            PipeProgram program = new PipeProgram(
                    new LoggedHandler(new Reflector(config.settings(), relay), log),
                    TimeSource.system(),
                    config.messageSize(),
                    config.settings().recipients().getFirst());
            return PipeProgram.exitStatus(program.run(message, environment));
        }
    }
}
