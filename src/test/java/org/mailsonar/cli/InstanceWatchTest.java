package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.instance.InstanceSettings;
import org.mailsonar.program.Programs;
import org.mailsonar.time.TimeSource;

/** What the schedule gets of instances. */
class InstanceWatchTest {

    @Test
    void one_that_does_not_run_is_a_warning_with_its_name() throws Exception {
        // Port 1 of this machine: nobody listens there.
        CheckResult result = look("endpoints", "store1=tcp://127.0.0.1:1");

        assertThat(result.state()).isEqualTo(CheckResult.State.WARNING);
        assertThat(result.reason()).isEqualTo("1 of 1 instance is not running: store1 (-, stopped)");
        assertThat(result.measures())
                .extracting(Measure::name, Measure::value)
                .containsExactly(tuple("instances_running", 0.0), tuple("instances_down", 1.0));
        assertThat(result.trouble()).isNull();
    }

    @Test
    void what_cannot_be_looked_at_is_unknown() throws Exception {
        CheckResult result = look("windows");

        assertThat(result.state()).isEqualTo(CheckResult.State.UNKNOWN);
        assertThat(result.reason()).isEqualTo("windows: this machine does not run Windows");
        assertThat(result.trouble()).isEqualTo(new Trouble(Trouble.Stage.SET_UP, Trouble.Kind.MISCONFIGURED));
    }

    private static CheckResult look(String source, String... endpoints) throws Exception {
        InstanceSettings settings = new InstanceSettings(
                List.of(source),
                new Endpoints().read(List.of(endpoints), null),
                List.<Path>of(),
                new Programs(),
                Duration.ofSeconds(10),
                null);
        return new InstanceWatch(settings, TimeSource.system()).run();
    }
}
