package org.mailsonar.check.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.lab.DovecotLab;
import org.mailsonar.lab.NeedsDovecot;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;
import org.mailsonar.testing.TestCertificates;

/** A real Dovecot, running, with one of its services stopped, and stopped altogether. */
@NeedsDovecot
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DovecotInstancesIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static DovecotLab lab;
    private static DovecotInstances source;
    private static Programs programs;

    @BeforeAll
    static void start() throws Exception {
        Path server = TestCertificates.authority(directory, "Lab").serverFile("server", "dns:localhost,ip:127.0.0.1");
        lab = DovecotLab.start(server, Map.of("webscout", "secret"), "http://127.0.0.1:9/");
        programs = new Programs(lab.inside());
        source = new DovecotInstances(programs, LIMIT, List.of(lab.configuration()));
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    @Order(1)
    void each_listener_of_one_that_runs_is_running() throws InterruptedException {
        InstanceSurvey survey = InstanceSurvey.of(List.of(source));

        assertThat(survey.troubles()).isEmpty();
        assertThat(survey.instances())
                .extracting(Instance::name, Instance::protocol, Instance::state)
                .containsExactlyInAnyOrder(
                        tuple("dovecot/imap", InstanceProtocol.IMAP4, InstanceState.RUNNING),
                        tuple("dovecot/imaps", InstanceProtocol.IMAP4, InstanceState.RUNNING),
                        tuple("dovecot/pop3", InstanceProtocol.POP3, InstanceState.RUNNING),
                        tuple("dovecot/pop3s", InstanceProtocol.POP3, InstanceState.RUNNING),
                        tuple("dovecot/lmtp", InstanceProtocol.LMTP, InstanceState.RUNNING),
                        tuple("dovecot/lmtp (socket)", InstanceProtocol.LMTP, InstanceState.RUNNING));
        assertThat(survey.state()).isEqualTo(CheckResult.State.GOOD);
    }

    @Test
    @Order(2)
    void doveadm_remembers_where_it_is() throws InterruptedException {
        List<String> list = List.of("doveadm", "-c", lab.configuration().toString(), "-f", "tab", "instance", "list");

        var ran = (Ran.Ended) programs.run(list, LIMIT);

        assertThat(DovecotInstances.bases(ran.output()))
                .containsExactly(lab.configuration().resolveSibling("run") + "/dovecot.conf");
    }

    @Test
    @Order(3)
    void a_service_that_was_stopped_under_a_master_that_lives_is_stopped_and_can_be_started() throws Exception {
        lab.admin("service", "stop", "pop3-login");

        InstanceSurvey before = InstanceSurvey.of(List.of(source));
        assertThat(before.down())
                .extracting(Instance::name, Instance::state)
                .containsExactlyInAnyOrder(
                        tuple("dovecot/pop3", InstanceState.STOPPED), tuple("dovecot/pop3s", InstanceState.STOPPED));
        assertThat(before.down().getFirst().detail()).contains("the master lives, but: nobody listens there");

        InstanceSurvey after = new InstanceStarter(programs, LIMIT).start(before, List.of(source));
        assertThat(after.down()).isEmpty();
        assertThat(after.state()).isEqualTo(CheckResult.State.WARNING);
    }

    @Test
    @Order(4)
    void one_that_was_stopped_is_stopped_and_can_be_started() throws InterruptedException {
        lab.stop();

        InstanceSurvey before = InstanceSurvey.of(List.of(source));
        assertThat(before.down())
                .hasSize(6)
                .allSatisfy(one -> assertThat(one.detail()).endsWith(", the master is not there"));

        InstanceSurvey after = new InstanceStarter(programs, LIMIT).start(before, List.of(source));
        assertThat(after.down()).as(after.toString()).isEmpty();
        assertThat(after.starts())
                .singleElement()
                .satisfies(start -> assertThat(start.outcome())
                        .isEqualTo("dovecot -c " + lab.configuration() + ": done; now running"));
    }

    @Test
    void a_configuration_that_is_broken_is_one_trouble() throws Exception {
        Path broken = Files.writeString(directory.resolve("dovecot.conf"), "protocols = imap\nservice {\n");

        InstanceSurvey survey =
                InstanceSurvey.of(List.of(new DovecotInstances(new Programs(), LIMIT, List.of(broken))));

        assertThat(survey.state()).isEqualTo(CheckResult.State.UNKNOWN);
        assertThat(survey.troubles()).singleElement().asString().startsWith("dovecot: " + broken + ": doveconf ended");
    }

    @Test
    @Order(9)
    void a_master_that_does_not_answer_is_not_started_once_more(@TempDir Path own) throws Exception {
        Path script = Files.writeString(own.resolve("run"), """
                #!/bin/sh
                case "$*" in
                */doveconf\\ *) printf 'protocols = imap\\nservice imap-login {\\n  inet_listener imap {\\n    port = 1\\n  }\\n}\\n' ;;
                *) exec sleep 60 ;;
                esac
                """);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Programs programs = new Programs(List.of(script.toString()));

        InstanceSource.Found found = new DovecotInstances(programs, Duration.ofSeconds(2), List.of(own)).look();

        assertThat(found.instances()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo(InstanceState.UNKNOWN);
            assertThat(one.detail()).isEqualTo("127.0.0.1:1, the master does not answer, and nobody listens there");
            assertThat(one.start()).isEmpty();
        });
    }
}
