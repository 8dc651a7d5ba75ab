package org.mailsonar.schedule;

import java.time.Duration;
import java.util.List;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** Runs a check that may be broken: then it has looked at nothing, and that is a result like any other. */
final class Looking {

    private Looking() {}

    static CheckResult at(Check check, TimeSource time) throws InterruptedException {
        Moment started = time.now();
        try {
            return check.run();
        } catch (RuntimeException | Error broken) {
            Duration took = time.now().since(started);
            return new CheckResult(
                    check.name(),
                    CheckResult.State.UNKNOWN,
                    OneLine.printable("the check itself is broken: " + broken),
                    started.wall(),
                    took.isNegative() ? Duration.ZERO : took,
                    List.of(),
                    List.of(),
                    new Trouble(Trouble.Stage.SET_UP, Trouble.Kind.MISCONFIGURED),
                    null,
                    "");
        }
    }
}
