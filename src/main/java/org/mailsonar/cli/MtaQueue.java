package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;

/** What the look at an MTA's machine tells of its queue, and of nothing else: a disk that fills up or a core file holds no mail. */
final class MtaQueue {

    /** What the names of a queue's measures begin with. */
    private static final String QUEUE = "queue";

    private MtaQueue() {}

    /** How the queue stands; nothing where it could not be looked at. */
    static Optional<CheckResult> of(CheckRecord host) {
        List<String> crossed = new ArrayList<>();
        for (String part : host.reason().split("[,;] ", -1)) {
            String name = part.strip().split(" ", 2)[0];
            if (name.startsWith(QUEUE) && name.endsWith(":")) {
                return Optional.empty();
            }
            if (name.startsWith(QUEUE)) {
                crossed.add(part.strip());
            }
        }
        boolean isCrossed = host.state() == State.FAILING || host.state() == State.WARNING;
        State state = isCrossed && !crossed.isEmpty() ? host.state() : State.GOOD;
        return Optional.of(new CheckResult(
                host.name(),
                state,
                crossed.isEmpty() ? "the queue is within its thresholds" : String.join(", ", crossed),
                host.at(),
                host.took(),
                List.of(),
                List.of(),
                null,
                null,
                ""));
    }
}
