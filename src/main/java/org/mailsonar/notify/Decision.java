package org.mailsonar.notify;

import java.time.Instant;
import java.util.List;

/** What to do with something that is due. */
sealed interface Decision {

    /** To be told now. */
    record Tell(Notice notice) implements Decision {}

    /**
     * Not to be told any more.
     *
     * @param mayBeTold whether people may have heard of it all the same, since it was tried and nobody knows what came of that; then they
     *     are told of its end
     */
    record Drop(boolean mayBeTold) implements Decision {}

    /**
     * To be told later.
     *
     * @param due when
     * @param hastened what has to be told before it and could be decided on now
     */
    record Later(Instant due, List<Dispatch> hastened) implements Decision {}
}
