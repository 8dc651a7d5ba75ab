package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.instance.Instance;
import org.mailsonar.check.instance.InstanceProtocol;
import org.mailsonar.check.instance.InstanceState;
import org.mailsonar.check.instance.InstanceSurvey;

class InstancesReportTest {

    @Test
    void one_that_is_disabled_is_marked_as_stopped_and_not_counted_as_running() {
        InstanceSurvey survey = new InstanceSurvey(
                List.of(
                        instance("postfix", InstanceState.RUNNING, true),
                        instance("old", InstanceState.STOPPED, false)),
                List.of(),
                List.of());

        assertThat(InstancesReport.of(OutputFormat.TEXT, survey).lines())
                .anyMatch(line -> line.startsWith("  postfix  postfix"))
                .anyMatch(line -> line.startsWith("* postfix  old"))
                .hasSize(3);
        assertThat(InstancesReport.of(OutputFormat.NAGIOS, survey))
                .isEqualTo("OK - 1 of 2 instances runs, the rest need not | running=1;;;0 down=0;0;;0");
    }

    @Test
    void where_all_run_this_is_said() {
        InstanceSurvey survey =
                new InstanceSurvey(List.of(instance("postfix", InstanceState.RUNNING, true)), List.of(), List.of());

        assertThat(InstancesReport.of(OutputFormat.NAGIOS, survey))
                .isEqualTo("OK - all 1 instances run | running=1;;;0 down=0;0;;0");
    }

    private static Instance instance(String name, InstanceState state, boolean expected) {
        return new Instance("postfix", name, InstanceProtocol.SMTP, state, "", expected, List.of());
    }
}
