package org.mailsonar.roundtrip;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.TrustedKey;

/** Which reflector's key the return of a probe must be signed with. Immutable and thread-safe. */
final class ReturnKeys {

    private final List<Target> targets;

    ReturnKeys(List<Target> targets) {
        this.targets = List.copyOf(targets);
    }

    /** Whether no target asks for signed returns, so that none need be looked for. */
    boolean isEmpty() {
        return targets.stream().allMatch(target -> target.returnKey() == null);
    }

    /**
     * The key for a probe's target; null where that one asks for none. A target that has another name now, or that a monitor beside
     * this one has, is known by its address: a probe in flight loses nothing of its protection by that.
     */
    @Nullable
    TrustedKey of(ProbeRecord probe) {
        for (Target target : targets) {
            if (target.name().equals(probe.target())) {
                return target.returnKey();
            }
        }
        for (Target target : targets) {
            if (target.address().equals(probe.address()) && target.returnKey() != null) {
                return target.returnKey();
            }
        }
        return null;
    }
}
