package org.mailsonar.check.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.program.Programs;

/** What becomes of a start that does not go well. */
class InstanceStarterTest {

    @TempDir
    private Path directory;

    @Test
    void a_start_that_hangs_is_ended_at_its_limit_and_told() throws Exception {
        Path hangs = Files.writeString(directory.resolve("hangs"), "#!/bin/sh\nexec sleep 60\n");
        assertThat(hangs.toFile().setExecutable(true)).isTrue();
        InstanceSource source = new Stopped(List.of(hangs.toString()));

        InstanceSurvey after = new InstanceStarter(new Programs(), Duration.ofMillis(200))
                .start(InstanceSurvey.of(List.of(source)), List.of(source));

        assertThat(after.state()).isEqualTo(CheckResult.State.WARNING);
        assertThat(after.starts())
                .singleElement()
                .satisfies(start -> assertThat(start.outcome())
                        .isEqualTo(hangs + ": " + hangs + " was not done within 0.2 s, and was killed; now stopped"));
    }

    /** One that stays stopped. */
    private record Stopped(List<String> start) implements InstanceSource {

        @Override
        public String name() {
            return "lab";
        }

        @Override
        public boolean isHere() {
            return true;
        }

        @Override
        public Found look() {
            Instance one =
                    new Instance("lab", "one", InstanceProtocol.SMTP, InstanceState.STOPPED, "stopped", true, start);
            return new Found(List.of(one), List.of());
        }
    }
}
