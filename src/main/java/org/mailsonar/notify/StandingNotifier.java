package org.mailsonar.notify;

import java.time.Duration;
import java.util.List;

/**
 * A way to which a problem has to be told again and again as long as it stands, since the other side forgets it otherwise. Telling it
 * twice does no harm there, so this goes past the outbox.
 */
interface StandingNotifier extends Notifier {

    /** How often. */
    Duration every();

    /** Tells all that stands, and what has ended since the last time, at once. */
    Delivery refresh(List<Notice> notices);
}
