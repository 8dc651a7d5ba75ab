package org.mailsonar.cli;

import org.mailsonar.config.ConfigException;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.reflect.Reflector;
import org.mailsonar.reflect.ReflectorSettings;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.RelaySettings;

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

    private static PipeRun.Side open(PipeArguments arguments) throws ConfigException {
        ReflectorConfig config = ReflectorConfig.load(ConfigFiles.find(arguments.configFile(), "reflector.yaml"));
        RelaySettings way = arguments.server() == null ? config.relay() : arguments.server();
        EmailAddress from = arguments.from();
        ReflectorSettings settings =
                from == null ? config.settings() : config.settings().withAddress(from);
        Relay relay = way.forOneMessage().open();
        return new PipeRun.Side(
                config.log(),
                new Reflector(settings, relay),
                config.limits().messageSize(),
                settings.recipients().getFirst(),
                relay);
    }
}
