package org.mailsonar.check.instance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailsonar.check.CheckResult;

/**
 * What was found of all instances.
 *
 * @param instances by source, each in its order
 * @param troubles what could not be looked at, one line each
 * @param starts what was started, and what came of it
 */
public record InstanceSurvey(List<Instance> instances, List<String> troubles, List<Start> starts) {

    public InstanceSurvey {
        instances = List.copyOf(instances);
        troubles = List.copyOf(troubles);
        starts = List.copyOf(starts);
    }

    /**
     * An attempt to start something.
     *
     * @param names the instances that the command was to start
     * @param outcome one line
     */
    public record Start(String source, List<String> names, String outcome) {

        public Start {
            names = List.copyOf(names);
        }
    }

    /** Looks at all of these once, one after the other. */
    public static InstanceSurvey of(List<InstanceSource> sources) throws InterruptedException {
        List<Instance> instances = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (InstanceSource source : sources) {
            InstanceSource.Found found = source.look();
            instances.addAll(found.instances());
            troubles.addAll(found.troubles());
        }
        return new InstanceSurvey(instances, troubles, List.of());
    }

    /** Those that are meant to run and do not. */
    public List<Instance> down() {
        return instances.stream().filter(Instance::isDown).toList();
    }

    /**
     * How all of it stands: a warning when one is down, and when one was started although it runs now, since somebody has to hear of it;
     * unknown when something could not be looked at, or nothing was found.
     */
    public CheckResult.State state() {
        if (!down().isEmpty() || !starts.isEmpty()) {
            return CheckResult.State.WARNING;
        }
        return troubles.isEmpty() && !instances.isEmpty() ? CheckResult.State.GOOD : CheckResult.State.UNKNOWN;
    }

    /** The commands that start what is down, each once, with the instances that need it. */
    Map<List<String>, List<Instance>> remedies() {
        Map<List<String>, List<Instance>> remedies = new LinkedHashMap<>();
        for (Instance instance : down()) {
            if (!instance.start().isEmpty()) {
                remedies.computeIfAbsent(instance.start(), none -> new ArrayList<>())
                        .add(instance);
            }
        }
        return remedies;
    }
}
