package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.DefaultParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.config.ConfigDirectory;
import org.mailsonar.notify.Outbox;
import org.mailsonar.store.Store;

class AckCommandTest {

    private final CapturedTerminal terminal = new CapturedTerminal();
    private final List<String> noted = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void configure() {
        file = ConfigDirectory.in(directory).file("monitor.yaml", """
                database: jdbc:sqlite:mailsonar.db
                key: keys/monitor.key
                from: probe@monitor.test
                returnTo: return@monitor.test
                submit: smtp://127.0.0.1:25
                targets:
                  - {address: webscout@company.test, name: company}
                """);
    }

    @Test
    void who_knows_of_a_problem_is_noted() throws Exception {
        assertThat(run(true, "company", "--by", "ann")).isZero();
        assertThat(noted).containsExactly("company ann");
        assertThat(terminal.results())
                .containsExactly(
                        "company: noted that ann knows; it is neither repeated nor escalated until it changes");
    }

    @Test
    void a_target_without_a_problem_has_nothing_to_acknowledge() throws Exception {
        assertThat(run(false, "company", "--by", "ann")).isEqualTo(3);
        assertThat(terminal.messages())
                .containsExactly("company: nothing is wrong with it now, so there is nothing to acknowledge");
    }

    @Test
    void a_target_that_is_not_there_is_a_mistake() {
        assertThatThrownBy(() -> run(true, "compny"))
                .hasMessage("there is no target 'compny'; mailsonar status lists them");
    }

    private int run(boolean hasProblem, String... words) throws Exception {
        Outbox outbox = (Outbox) proxy(Outbox.class, arguments -> {
            noted.add(arguments[0] + " " + arguments[1]);
            return hasProblem;
        });
        AckCommand command = new AckCommand(config -> (Store) proxy(Store.class, arguments -> outbox));
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", file.toString()));
        return command.run(
                new DefaultParser(false).parse(command.options(), all.toArray(String[]::new)), terminal.terminal());
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    /** The one method that is called, beside close. */
    private static Object proxy(Class<?> type, Answer answer) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getName().equals("close") ? null : answer.to(arguments));
    }
}
