package org.mailsonar.endtoend;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailsonar.lab.MailSite;

/**
 * Something that is broken in a real site, and mended again.
 *
 * @param name what is wrong, in an administrator's words
 * @param parts what is wrong at once; of each, whom the fault finder may name: a machine, or a way such as {@code mta1 to store1}
 * @param breaking makes it so
 * @param mending makes it good
 */
record RealFault(String name, List<Set<String>> parts, Act breaking, Act mending) {

    /** What is done to a site. */
    interface Act {
        void on(MailSite site) throws Exception;
    }

    RealFault {
        parts = parts.stream().map(Set::copyOf).toList();
    }

    /** One fault. */
    RealFault(String name, Set<String> right, Act breaking, Act mending) {
        this(name, List.of(right), breaking, mending);
    }

    /** Whom the fault finder may name first. */
    Set<String> right() {
        return parts.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** Both at once. */
    RealFault and(RealFault other) {
        return new RealFault(
                name + " + " + other.name,
                Stream.concat(parts.stream(), other.parts.stream()).toList(),
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
