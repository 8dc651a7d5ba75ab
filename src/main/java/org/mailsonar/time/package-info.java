/**
 * The two clocks of a process, read together.
 *
 * <p>The wall clock says when something happened, for people and for records; it may be stepped at any time. The monotonic
 * clock only measures how long something took within this process. Mailsonar's one metric, the total round trip, is taken
 * from the monotonic clock wherever both its ends were seen by the same process. Time is always injected as a {@link
 * org.mailsonar.time.TimeSource}, so no test sleeps and a test can step either clock alone. Where there is nothing to wait
 * on but time, {@link org.mailsonar.time.Pause} does it, and the architecture's test names who may.
 */
@NullMarked
package org.mailsonar.time;

import org.jspecify.annotations.NullMarked;
