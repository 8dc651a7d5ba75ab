package org.mailsonar.check.instance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/** Starts what is down, each command with a time limit of its own, and looks again. */
public final class InstanceStarter {

    private final Programs programs;
    private final Duration limit;

    /** Gives each command so long; then it is killed. */
    public InstanceStarter(Programs programs, Duration limit) {
        this.programs = programs;
        this.limit = limit;
    }

    /**
     * Starts what can be started.
     *
     * @param before what was found
     * @param sources where to look again
     * @return what was found afterwards, with what was started; what was found before when nothing was
     */
    public InstanceSurvey start(InstanceSurvey before, List<InstanceSource> sources) throws InterruptedException {
        List<Attempt> attempts = new ArrayList<>();
        for (Map.Entry<List<String>, List<Instance>> remedy : before.remedies().entrySet()) {
            String command = String.join(" ", remedy.getKey());
            String outcome = switch (programs.run(remedy.getKey(), limit)) {
                case Ran.NotRun(String why) -> why;
                case Ran.Ended ended
                when ended.status() != 0 ->
                    ended.told() + (ended.complaint().isEmpty() ? " (the server's own log says why)" : "");
                case Ran.Ended ended -> "";
            };
            attempts.add(new Attempt(command, remedy.getValue(), outcome));
        }
        if (attempts.isEmpty()) {
            return before;
        }
        InstanceSurvey after = InstanceSurvey.of(sources);
        return new InstanceSurvey(
                after.instances(),
                after.troubles(),
                attempts.stream().map(attempt -> attempt.told(after)).toList());
    }

    /** A command that was run; what went wrong with it, or nothing. */
    private record Attempt(String command, List<Instance> instances, String wrong) {

        InstanceSurvey.Start told(InstanceSurvey after) {
            List<String> names = instances.stream().map(Instance::name).toList();
            List<String> states = after.instances().stream()
                    .filter(instance ->
                            instance.source().equals(instances.getFirst().source()) && names.contains(instance.name()))
                    .map(instance -> instance.state().text())
                    .distinct()
                    .toList();
            return new InstanceSurvey.Start(
                    instances.getFirst().source(),
                    names,
                    command + ": " + (wrong.isEmpty() ? done(states) : wrong) + "; now "
                            + (states.isEmpty() ? "not to be found" : String.join(", ", states)));
        }

        /** Many a command only says that the program was started, which may have ended since. */
        private static String done(List<String> states) {
            return states.contains(InstanceState.STOPPED.text()) ? "done, in vain" : "done";
        }
    }
}
