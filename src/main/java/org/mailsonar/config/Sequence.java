package org.mailsonar.config;

import java.util.List;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.Site;

/**
 * When the paths of a site are run.
 *
 * @param plan what could be understood
 * @param mistakes what could not, one line each: file, line, what is wrong and what would be right
 */
public record Sequence(PathPlan plan, List<String> mistakes) {

    public Sequence {
        mistakes = List.copyOf(mistakes);
    }

    /** What follows from the machines and the timings of a site. */
    public static Sequence of(Site site) {
        return new Sequence(PathPlan.of(site), List.of());
    }
}
