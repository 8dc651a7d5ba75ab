package org.mailsonar.verdict;

import org.mailsonar.check.Check;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.Timing;

/**
 * Something that is checked by a schedule: a server's protocol, a machine, a site's paths.
 *
 * @param name its name in output and in the database
 * @param timing when; its time-out is how long a look may take
 * @param policy how the results are judged, and who is told
 * @param check what is done
 * @param isLocal whether it is of this machine alone, so that no other monitor can do it in its place
 */
public record CheckTarget(String name, Timing timing, Policy policy, Check check, boolean isLocal) implements Judged {

    /** One that every monitor of the vantage can do. */
    public CheckTarget(String name, Timing timing, Policy policy, Check check) {
        this(name, timing, policy, check, false);
    }
}
