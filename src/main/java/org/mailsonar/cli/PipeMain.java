package org.mailsonar.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.reflect.Reflector;
import org.mailsonar.relay.Relay;

/**
 * {@code email_return}, also known as {@code mailsonar reflect}: reflects the one message on standard input, or in a file, and ends
 * with a sysexits status.
 */
public final class PipeMain {

    /** The reflector's side of a pipe. */
    static final PipeRun RUN = new PipeRun("email_return", PipeMain::open);

    private PipeMain() {}

    /** The program; halts, since there is nothing to tidy up and the mail server is waiting. */
    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(RUN.run(arguments, System.in, System.out, System.getenv()));
    }

    private static PipeRun.Side open(@Nullable Path configFile) throws ConfigException {
        ReflectorConfig config = ReflectorConfig.load(ConfigFiles.find(configFile, "reflector.yaml"));
        Relay relay = config.relay().forOneMessage().open();
        return new PipeRun.Side(
                config.log(),
                new Reflector(config.settings(), relay),
                config.limits().messageSize(),
                config.settings().recipients().getFirst(),
                relay);
    }
}
