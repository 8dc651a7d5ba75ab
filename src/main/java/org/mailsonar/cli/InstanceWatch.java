package org.mailsonar.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.instance.InstanceSettings;
import org.mailsonar.check.instance.InstanceSurvey;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * The instances of the mail systems on this machine, as {@code mailsonar instances} looks at them.
 *
 * @param time for when it was, and how long it took
 */
record InstanceWatch(InstanceSettings settings, TimeSource time) implements Check {

    @Override
    public String name() {
        return "instances";
    }

    @Override
    public CheckResult run() throws InterruptedException {
        Moment began = time.now();
        InstanceSurvey survey = settings.survey();
        Duration took = time.now().since(began);
        return new CheckResult(
                name(),
                survey.state(),
                InstancesReport.reason(survey),
                began.wall(),
                took,
                List.of(new CheckResult.Step("look", took)),
                List.of(
                        Measure.of("instances_running", (double) InstancesReport.running(survey), ""),
                        Measure.of("instances_down", survey.down().size(), "")),
                trouble(survey),
                null,
                "");
    }

    private static @Nullable Trouble trouble(InstanceSurvey survey) {
        return survey.troubles().isEmpty() ? null : new Trouble(Trouble.Stage.SET_UP, Trouble.Kind.MISCONFIGURED);
    }
}
