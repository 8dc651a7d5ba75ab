package org.mailsonar.verdict;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a monitor checks now; exchanged as a whole when its configuration is read again. Thread-safe. */
public final class CheckTargets {

    private volatile Map<String, CheckTarget> byName = Map.of();

    /** These. */
    public CheckTargets(Collection<CheckTarget> targets) {
        exchange(targets);
    }

    /** From now on these and no others. */
    public void exchange(Collection<CheckTarget> targets) {
        Map<String, CheckTarget> next = LinkedHashMap.newLinkedHashMap(targets.size());
        targets.forEach(target -> next.put(target.name(), target));
        byName = next;
    }

    /** What is checked under a name. */
    public Optional<CheckTarget> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All, in the order of the configuration. */
    public List<CheckTarget> all() {
        return List.copyOf(byName.values());
    }
}
