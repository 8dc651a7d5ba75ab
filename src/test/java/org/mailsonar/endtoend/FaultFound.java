package org.mailsonar.endtoend;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What {@code mailsonar paths} found, as its JSON tells it.
 *
 * @param finding good, found, or cannot tell
 * @param text the sentence for people
 * @param suspects the most suspect first
 */
record FaultFound(String finding, String text, List<Suspect> suspects) {

    /** Somebody who may be at fault. */
    record Suspect(String name, String protocol, String certainty) {

        @Override
        public String toString() {
            return name + " (" + protocol + "), " + certainty;
        }
    }

    FaultFound {
        suspects = List.copyOf(suspects);
    }

    /** Reads the last line that the command printed. */
    static FaultFound of(String output) {
        String last = output.lines().reduce("{}", (one, next) -> next);
        Map<?, ?> all = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(last);
        List<?> suspects = (List<?>) all.get("suspects");
        return new FaultFound(
                String.valueOf(all.get("finding")),
                String.valueOf(all.get("text")),
                suspects == null
                        ? List.of()
                        : suspects.stream().map(FaultFound::suspect).toList());
    }

    private static Suspect suspect(Object object) {
        Map<?, ?> one = (Map<?, ?>) object;
        List<?> machines = (List<?>) one.get("machines");
        String name = machines == null || machines.isEmpty()
                ? "this monitor"
                : String.join(" to ", machines.stream().map(String::valueOf).toList());
        return new Suspect(name, String.valueOf(one.get("protocol")), String.valueOf(one.get("certainty")));
    }

    /** Whether whoever is named first is one of these. */
    boolean namesFirst(Set<String> right) {
        return !suspects.isEmpty() && right.contains(suspects.getFirst().name());
    }

    /** Whether each of what is wrong at once is named. */
    boolean namesEach(List<Set<String>> parts) {
        return parts.stream().allMatch(part -> suspects.stream().anyMatch(one -> part.contains(one.name())));
    }

    /** Whether it comes to a conclusion. */
    boolean isTold() {
        return finding.equals("found");
    }

    /** Whether somebody else is named with certainty. */
    boolean isCertainOfAnother(Set<String> right) {
        return suspects.stream().anyMatch(one -> one.certainty().equals("certain") && !right.contains(one.name()));
    }

    /** The first, or that it cannot tell, and the names of the others. */
    String names() {
        String name = suspects.isEmpty() ? "nobody" : suspects.getFirst().toString();
        String others = suspects.size() < 2
                ? ""
                : "; " + suspects.stream().skip(1).map(Suspect::name).collect(Collectors.joining(", "));
        return (isTold() ? name : finding + ": " + name) + others;
    }
}
