package org.mailsonar.schedule;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;

/**
 * What a check's failure is worth: nothing while the monitor knows that it cannot see, unless somebody answered, if only to say no.
 * Thread-safe.
 */
final class Worth implements UnaryOperator<CheckResult> {

    private final Supplier<Optional<String>> blind;

    /** By what keeps the monitor from seeing; empty while it sees. */
    Worth(Supplier<Optional<String>> blind) {
        this.blind = blind;
    }

    @Override
    public CheckResult apply(CheckResult result) {
        Trouble trouble = result.trouble();
        Optional<String> why = trouble == null || isAnswered(trouble) ? Optional.empty() : blind.get();
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

    private static boolean isAnswered(Trouble trouble) {
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
