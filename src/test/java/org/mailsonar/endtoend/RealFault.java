package org.mailsonar.endtoend;

import java.util.Set;
import java.util.TreeSet;
import org.mailsonar.lab.MailSite;

/**
 * Something that is broken in a real site, and mended again.
 *
 * @param name what is wrong, in an administrator's words
 * @param right whom the fault finder may name first: a machine, or a way such as {@code mta1 to store1}
 * @param breaking makes it so
 * @param mending makes it good
 */
record RealFault(String name, Set<String> right, Act breaking, Act mending) {

    /** What is done to a site. */
    interface Act {
        void on(MailSite site) throws Exception;
    }

    RealFault {
        right = Set.copyOf(right);
    }

    /** Both at once. */
    RealFault and(RealFault other) {
        Set<String> both = new TreeSet<>(right);
        both.addAll(other.right);
        return new RealFault(
                name + " + " + other.name,
                both,
                site -> {
                    breaking.on(site);
                    other.breaking.on(site);
                },
                site -> {
                    other.mending.on(site);
                    mending.on(site);
                });
    }
}
