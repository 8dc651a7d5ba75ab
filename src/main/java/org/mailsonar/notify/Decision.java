package org.mailsonar.notify;

import java.time.Instant;
import java.util.List;

/** What to do with something that is due. */
sealed interface Decision {

    /** To be told now. */
    record Tell(Notice notice) implements Decision {}

    /** Not to be told any more. */
    record Drop() implements Decision {}

    /**
     * To be told later.
     *
     * @param due when
     * @param hastened what has to be told before it and could be decided on now
     */
    record Later(Instant due, List<Dispatch> hastened) implements Decision {}
}
