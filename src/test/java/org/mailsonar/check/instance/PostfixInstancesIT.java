package org.mailsonar.check.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.program.Programs;

/** Two real Postfix instances: the main one runs, the other one goes through all that can become of it. */
@NeedsPostfix
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostfixInstancesIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static PostfixLab lab;
    private static PostfixInstances source;
    private static Programs programs;

    @BeforeAll
    static void start() throws IOException {
        lab = PostfixLab.inNewDirectory().instance("postfix-out").start();
        programs = new Programs(lab.inside());
        source = new PostfixInstances(programs, LIMIT);
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    @Order(1)
    void one_that_was_never_started_is_stopped_beside_one_that_runs() throws InterruptedException {
        InstanceSurvey survey = InstanceSurvey.of(List.of(source));

        assertThat(survey.troubles()).isEmpty();
        assertThat(survey.instances())
                .extracting(Instance::name, Instance::state)
                .containsExactly(
                        tuple("postfix/127.0.0.1:" + lab.port(), InstanceState.RUNNING),
                        tuple(out(), InstanceState.STOPPED));
        assertThat(survey.state()).isEqualTo(CheckResult.State.WARNING);
    }

    @Test
    @Order(2)
    void a_stopped_one_is_started_and_told_of() throws Exception {
        InstanceSurvey before = InstanceSurvey.of(List.of(source));

        InstanceSurvey after = new InstanceStarter(programs, LIMIT).start(before, List.of(source));

        assertThat(after.down()).as(lab.instanceLog("postfix-out")).isEmpty();
        assertThat(after.starts()).singleElement().satisfies(start -> {
            assertThat(start.names()).containsExactly(out());
            assertThat(start.outcome()).isEqualTo("postmulti -i postfix-out -p start: done; now running");
        });
        assertThat(after.state()).isEqualTo(CheckResult.State.WARNING);
        assertThat(InstanceSurvey.of(List.of(source)).state()).isEqualTo(CheckResult.State.GOOD);
    }

    @Test
    @Order(3)
    void one_whose_master_lives_without_an_smtpd_service_is_stopped() throws Exception {
        lab.instanceTakesMail("postfix-out", false);
        lab.run("postmulti", "-i", "postfix-out", "-p", "reload");

        InstanceSurvey survey = InstanceSurvey.of(List.of(source));

        assertThat(survey.down()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("postfix-out");
            assertThat(one.state()).isEqualTo(InstanceState.STOPPED);
            assertThat(one.detail())
                    .startsWith("the master lives, but ")
                    .endsWith("/master.cf has no smtpd service that is switched on");
            assertThat(one.start()).isEmpty();
        });
    }

    @Test
    @Order(4)
    void one_whose_table_has_a_service_that_nobody_listens_for_is_stopped_until_it_reads_its_table() throws Exception {
        lab.instanceTakesMail("postfix-out", true);

        InstanceSurvey before = InstanceSurvey.of(List.of(source));
        assertThat(before.down())
                .singleElement()
                .satisfies(one -> assertThat(one.detail())
                        .isEqualTo("127.0.0.1:" + lab.instancePort("postfix-out")
                                + ": the master lives, but nobody listens there"));

        InstanceSurvey after = new InstanceStarter(programs, LIMIT).start(before, List.of(source));
        assertThat(after.starts())
                .singleElement()
                .satisfies(start -> assertThat(start.outcome()).startsWith("postmulti -i postfix-out -p reload: done"));
    }

    @Test
    @Order(5)
    void a_master_that_does_not_answer_is_not_started_once_more(@TempDir Path directory) throws Exception {
        PostfixInstances silent = new PostfixInstances(answering(directory, "sleep 60", "127.0.0.1:1"), SHORT);

        assertThat(silent.look().instances()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo(InstanceState.UNKNOWN);
            assertThat(one.detail()).isEqualTo("127.0.0.1:1: the master does not answer, and nobody listens there");
            assertThat(one.start()).isEmpty();
        });
    }

    @Test
    @Order(6)
    void port_25_that_is_commented_out_beside_another_service_is_stopped(@TempDir Path directory) throws Exception {
        PostfixInstances source = new PostfixInstances(answering(directory, "exit 0", "127.0.0.1:1"), LIMIT);
        Files.writeString(
                directory.resolve("master.cf"), "#smtp inet n - y - - smtpd\n127.0.0.1:1 inet n - y - - smtpd\n");

        assertThat(source.look().instances())
                .extracting(Instance::name, Instance::state, Instance::isDown)
                .containsExactly(
                        tuple("postfix/127.0.0.1:1", InstanceState.STOPPED, true),
                        tuple("postfix/smtp", InstanceState.STOPPED, true));
    }

    /** Answers for the programs of an instance that has one service. */
    private static Programs answering(Path directory, String status, String service) throws IOException {
        Path script = Files.writeString(directory.resolve("run"), """
                #!/bin/sh
                case "$*" in
                */postmulti\\ -l) echo "- - y DIRECTORY" ;;
                */postmulti\\ *\\ status) STATUS ;;
                */postconf\\ *-M) echo "SERVICE inet n - y - - smtpd" ;;
                */postconf\\ *) printf 'all\\n\\n' ;;
                */id\\ -u) echo 0 ;;
                *) exec "$@" ;;
                esac
                """.replace("DIRECTORY", directory.toString())
                .replace("STATUS", status)
                .replace("SERVICE", service));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return new Programs(List.of(script.toString()));
    }

    private static String out() {
        return "postfix-out/127.0.0.1:" + lab.instancePort("postfix-out");
    }
}
