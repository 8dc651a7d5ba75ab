package org.mailsonar.schedule;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;

/**
 * What a check's failure is worth: nothing while the monitor knows that it cannot see, unless somebody answered, if only to say no.
 * Thread-safe.
 */
final class BlindnessDiscount implements UnaryOperator<CheckResult> {

    private final BiFunction<Instant, Instant, Optional<String>> blind;

    /** By what kept the monitor from seeing between two instants; empty where nothing did. */
    BlindnessDiscount(BiFunction<Instant, Instant, Optional<String>> blind) {
        this.blind = blind;
    }

    @Override
    public CheckResult apply(CheckResult result) {
        Trouble trouble = result.trouble();
        Optional<String> why = trouble == null || isAnswered(trouble)
                ? Optional.empty()
                : blind.apply(result.at(), result.at().plus(result.took()));
        return why.map(reason -> new CheckResult(
                        result.name(),
                        CheckResult.State.UNKNOWN,
                        "proves nothing, since the monitor cannot see (" + reason + "): " + result.reason(),
                        result.at(),
                        result.took(),
                        result.steps(),
                        result.measures(),
                        trouble,
                        result.tls(),
                        result.transcript()))
                .orElse(result);
    }

    /** Who took the connection was there, also when he said nothing. */
    private static boolean isAnswered(Trouble trouble) {
        if (trouble.stage().compareTo(Trouble.Stage.CONNECT) > 0) {
            return true;
        }
        return switch (trouble.kind()) {
            case NO_SUCH_HOST, UNREACHABLE, TIME_OUT -> false;
            case MISCONFIGURED,
                    REFUSED,
                    CLOSED,
                    REJECTED,
                    DEFERRED,
                    NONSENSE,
                    NOT_OFFERED,
                    TLS_FAILED,
                    CERTIFICATE,
                    UNEXPECTED,
                    IMPOSTOR,
                    SLOW -> true;
        };
    }
}
