package org.mailsonar.verdict.fault;

import java.util.List;
import java.util.function.Predicate;

/**
 * Something that may be wrong with a site, and what would be seen of it.
 *
 * @param kind what is wrong
 * @param machines where: one machine, or the two ends of a way; empty for this monitor
 * @param protocol which of its services
 * @param prior how often this happens beside the others
 * @param effects what would be seen; of several that fit a sight the first counts
 */
record Fault(Kind kind, List<String> machines, String protocol, double prior, List<Effect> effects) {

    /** What is wrong. */
    enum Kind {
        DOWN,
        REFUSING,
        HOLDING,
        FULL,
        SLOW,
        /** It works, and gets at nothing behind it. */
        STRANDED,
        /** An account cannot log in. */
        LOGIN,
        /** An account gets no mail: unknown, or full. */
        RECIPIENT,
        /** A directory that answers, and finds nobody. */
        WRONG,
        /** A directory that answers, and does not find one account. */
        ACCOUNT,
        /** The way between two machines. */
        WAY,
        /** This monitor's own network. */
        BLIND,
        /** This monitor itself is slow. */
        SLOW_MONITOR
    }

    /**
     * What is seen of a fault.
     *
     * @param hits which sights it bears upon
     * @param chance how surely
     * @param match what it looks like then
     */
    record Effect(Predicate<Sight> hits, double chance, Match match) {}

    /** A sight that is as it should be is so by chance as well, and one that is not as well. */
    private static final double USUALLY_GOOD = 0.97;

    private static final double STRAY_SLOW = 0.02;
    private static final double STRAY_FAILURE = 0.004;

    /** How surely this fault would show in a sight; 0 where it does not bear upon it. */
    double chance(Sight sight) {
        for (Effect effect : effects) {
            if (effect.hits().test(sight)) {
                return effect.chance();
            }
        }
        return 0;
    }

    /** How well a bad sight fits; 0 where the fault does not bear upon it. */
    double match(Sight sight) {
        for (Effect effect : effects) {
            if (effect.hits().test(sight)) {
                return effect.chance() * effect.match().of(sight);
            }
        }
        return 0;
    }

    /** Whether it would look like this, rather than by chance. */
    boolean explains(Sight sight) {
        return !sight.isGood() && match(sight) > 4 * stray(sight);
    }

    /** How probable a sight is without any fault. */
    static double stray(Sight sight) {
        return switch (sight.state()) {
            case GOOD -> USUALLY_GOOD;
            case SLOW -> STRAY_SLOW;
            case FAILED -> STRAY_FAILURE;
        };
    }
}
