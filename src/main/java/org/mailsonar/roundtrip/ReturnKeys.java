package org.mailsonar.roundtrip;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TrustedKey;

/** Which reflector's key the return of a probe must be signed with. Immutable and thread-safe. */
final class ReturnKeys {

    private final Map<String, Target> byName;
    private final Map<EmailAddress, TrustedKey> byAddress = new HashMap<>();

    ReturnKeys(Map<String, Target> byName) {
        this.byName = byName;
        addAll(byName.values());
    }

    private void addAll(Collection<Target> targets) {
        for (Target target : targets) {
            TrustedKey key = target.returnKey();
            if (key != null) {
                byAddress.putIfAbsent(target.address(), key);
            }
        }
    }

    /** Whether no target asks for signed returns, so that none need be looked for. */
    boolean isEmpty() {
        return byAddress.isEmpty();
    }

    /**
     * The key for a probe's target; null where that one asks for none. A target that has another name now, or that a monitor beside
     * this one has, is known by its address: a probe in flight loses nothing of its protection by that.
     */
    @Nullable
    TrustedKey of(ProbeRecord probe) {
        Target target = byName.get(probe.target());
        return target == null ? byAddress.get(probe.address()) : target.returnKey();
    }
}
