package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.DefaultParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mailsonar.notify.ExecSettings;
import org.mailsonar.notify.NotifySettings;

@EnabledOnOs(OS.LINUX)
class NotifyCommandTest {

    private static final NotifySettings SETTINGS = new NotifySettings(
            Map.of("page", exec("exit 0"), "broken", exec("echo no modem; exit 3")), List.of(), null);

    private final CapturedTerminal terminal = new CapturedTerminal();

    @Test
    void a_way_that_works_is_said_to_and_the_status_is_0() throws Exception {
        assertThat(run("test", "page")).isZero();
        assertThat(terminal.results()).containsExactly("page, program /bin/sh: delivered");
    }

    @Test
    void a_way_that_does_not_work_is_told_with_its_reason_and_the_status_is_2() throws Exception {
        assertThat(run("test", "broken")).isEqualTo(2);
        assertThat(terminal.results())
                .containsExactly("broken, program /bin/sh: not delivered: /bin/sh ended with status 3: no modem");
    }

    @Test
    void a_way_that_is_not_there_is_a_mistake_with_its_remedy() {
        assertThatThrownBy(() -> run("test", "pager")).hasMessageStartingWith("there is no way 'pager'; there are ");
        assertThatThrownBy(() -> run("page")).hasMessage("two words are needed, 'test' and the name of a way");
    }

    private int run(String... words) throws Exception {
        NotifyCommand command = new NotifyCommand(file -> SETTINGS);
        return command.run(new DefaultParser(false).parse(command.options(), words), terminal.terminal());
    }

    private static ExecSettings exec(String script) {
        return new ExecSettings(List.of("/bin/sh", "-c", script), Duration.ofSeconds(20));
    }
}
