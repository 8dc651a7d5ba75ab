package org.mailsonar.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.message.OneLine;
import org.mailsonar.reflect.Trust;
import org.mailsonar.relay.Relay;

/** Tries everything that a reflector needs, one after the other, without serving: a line for each, whether it is good or not. */
final class ReflectorCheck {

    private final Terminal terminal;
    private boolean good = true;

    ReflectorCheck(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Gives the exit status: good, or failing when one thing is. */
    int run(Path file) {
        ReflectorConfig config;
        try {
            config = ReflectorConfig.load(file);
        } catch (ConfigException wrong) {
            tell("configuration", Optional.of(String.valueOf(wrong.getMessage())));
            return ExitStatus.FAILING;
        }
        tell("configuration " + file, Optional.empty());
        for (Trust trust : config.settings().trust()) {
            tell("key " + trust.key().fingerprint() + " for returns to " + trust.returnTo(), Optional.empty());
        }
        tell("relay " + config.relay().describe(), relay(config));
        places(config);
        return good ? ExitStatus.GOOD : ExitStatus.FAILING;
    }

    private static Optional<String> relay(ReflectorConfig config) {
        try (Relay relay = config.relay().open()) {
            return relay.check();
        } catch (IllegalArgumentException unusable) {
            return Optional.of(String.valueOf(unusable.getMessage()));
        }
    }

    private void places(ReflectorConfig config) {
        try {
            for (Place place : ReflectorWiring.placesToCheck(config)) {
                tell(place.describe(), place.check());
            }
        } catch (IllegalArgumentException nowhere) {
            tell("places", Optional.of(String.valueOf(nowhere.getMessage())));
        }
    }

    private void tell(String what, Optional<String> trouble) {
        good &= trouble.isEmpty();
        terminal.print(OneLine.printable(
                trouble.map(why -> "FAIL " + what + ": " + why).orElse("ok   " + what)));
    }
}
