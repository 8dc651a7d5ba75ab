package org.mailsonar.check.host;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble;

/**
 * What a machine looked like.
 *
 * @param host its name
 * @param at when
 * @param took how long it took to look
 * @param measures in the order of the parts
 * @param troubles what could not be looked at, one line each
 */
public record HostReport(String host, Instant at, Duration took, List<Measure> measures, List<String> troubles) {

    public HostReport {
        measures = List.copyOf(measures);
        troubles = List.copyOf(troubles);
    }

    /** The worst of all measures; unknown where these are good and something could not be looked at. */
    public CheckResult.State state() {
        CheckResult.State state = troubles.isEmpty() ? CheckResult.State.GOOD : CheckResult.State.UNKNOWN;
        for (Measure measure : measures) {
            state = state.worse(measure.state());
        }
        return state;
    }

    /** What is kept of it. */
    public HostSample sample() {
        Map<String, Double> values = new HashMap<>();
        measures.forEach(measure -> values.put(measure.name(), measure.value()));
        return new HostSample(host, at, values);
    }

    /** On one line: what is wrong, or that nothing is. */
    public String reason() {
        List<Measure> crossed = measures.stream()
                .filter(measure -> measure.state() != CheckResult.State.GOOD)
                .toList();
        String what = crossed.stream().map(HostReport::words).collect(Collectors.joining(", "));
        String troubled = String.join("; ", troubles);
        if (what.isEmpty() && troubled.isEmpty()) {
            return measures.size() + " measures within their thresholds";
        }
        return what + (what.isEmpty() || troubled.isEmpty() ? "" : "; ") + troubled;
    }

    private static String words(Measure measure) {
        return measure.name() + " " + Values.text(measure.value(), measure.unit()) + " (" + Values.crossed(measure)
                + ")";
    }

    /** As the result of a check of this name. */
    public CheckResult result(String name) {
        return new CheckResult(
                name,
                state(),
                reason(),
                at,
                took,
                List.of(new CheckResult.Step("look", took)),
                measures,
                troubles.isEmpty() ? null : new Trouble(Trouble.Stage.SET_UP, Trouble.Kind.MISCONFIGURED),
                null,
                "");
    }
}
