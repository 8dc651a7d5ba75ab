package org.mailsonar.roundtrip;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets that a monitor has now; exchanged as a whole when its configuration is read again. Thread-safe. */
public final class Targets {

    private record Current(Map<String, Target> byName, ReturnKeys returnKeys) {}

    private volatile Current current;

    /** These targets. */
    public Targets(Collection<Target> targets) {
        current = indexed(targets);
    }

    /** From now on these and no others. */
    public void exchange(Collection<Target> targets) {
        current = indexed(targets);
    }

    private static Current indexed(Collection<Target> targets) {
        Map<String, Target> next = LinkedHashMap.newLinkedHashMap(targets.size());
        targets.forEach(target -> next.put(target.name(), target));
        return new Current(next, new ReturnKeys(next));
    }

    /** The target of a name. */
    public Optional<Target> named(String name) {
        return Optional.ofNullable(current.byName().get(name));
    }

    /** All, in the order of the configuration. */
    public List<Target> all() {
        return List.copyOf(current.byName().values());
    }

    ReturnKeys returnKeys() {
        return current.returnKeys();
    }
}
