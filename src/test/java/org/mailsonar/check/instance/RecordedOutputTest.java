package org.mailsonar.check.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mailsonar.check.instance.InstanceProtocol.FTP;
import static org.mailsonar.check.instance.InstanceProtocol.IMAP4;
import static org.mailsonar.check.instance.InstanceProtocol.POP3;
import static org.mailsonar.check.instance.InstanceProtocol.SMTP;
import static org.mailsonar.check.instance.InstanceProtocol.WWW;
import static org.mailsonar.check.instance.InstanceState.CONTINUING;
import static org.mailsonar.check.instance.InstanceState.PAUSED;
import static org.mailsonar.check.instance.InstanceState.PAUSING;
import static org.mailsonar.check.instance.InstanceState.RUNNING;
import static org.mailsonar.check.instance.InstanceState.STARTING;
import static org.mailsonar.check.instance.InstanceState.STOPPED;
import static org.mailsonar.check.instance.InstanceState.STOPPING;
import static org.mailsonar.check.instance.InstanceState.UNKNOWN;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tools of each system print, as it was recorded. */
class RecordedOutputTest {

    @Test
    void postmulti_tells_names_directories_and_which_are_disabled() throws IOException {
        assertThat(PostfixInstances.Multi.parse(recorded("postmulti-l.txt")))
                .extracting(
                        PostfixInstances.Multi::called,
                        PostfixInstances.Multi::enabled,
                        PostfixInstances.Multi::directory)
                .containsExactly(
                        tuple("postfix", true, "/etc/postfix"),
                        tuple("postfix-out", true, "/etc/postfix-out"),
                        tuple("postfix-test", false, "/etc/postfix test"));
    }

    @Test
    void only_inet_services_that_take_mail_are_instances() throws IOException {
        List<PostfixService> services = PostfixService.parse(recorded("postconf-M.txt"), "");

        assertThat(services)
                .containsExactly(
                        new PostfixService("smtp", false),
                        new PostfixService("submission", false),
                        new PostfixService("[::1]:10025", false),
                        new PostfixService("8465", true));
        assertThat(services.stream().map(service -> String.valueOf(service.listener("all", PortNames.ofThisMachine()))))
                .containsExactly("127.0.0.1:25", "127.0.0.1:587", "[::1]:10025", "127.0.0.1:8465");
        assertThat(services.getFirst().listener("$myhostname", PortNames.ofThisMachine()))
                .extracting(Listener::host)
                .isEqualTo("$myhostname");
    }

    @ParameterizedTest
    @CsvSource({"inet, 0", "'submission.inet, smtp.inet', 2", "qmgr.unix, 4"})
    void a_service_that_main_cf_disables_is_none(String disabled, int left) throws IOException {
        assertThat(PostfixService.parse(recorded("postconf-M.txt"), disabled)).hasSize(left);
    }

    @Test
    void doveconf_tells_the_listeners_of_enabled_protocols() throws IOException {
        DovecotConfig config = DovecotConfig.parse(recorded("doveconf.txt"));

        assertThat(config.listeners())
                .extracting(place -> place.name() + " " + place.listener() + " " + place.protocol() + " " + place.tls())
                .containsExactlyInAnyOrder(
                        "imap 127.0.0.1:143 IMAP4 false",
                        "imaps 127.0.0.1:993 IMAP4 true",
                        "pop3 127.0.0.1:110 POP3 false",
                        "pop3s 127.0.0.1:995 POP3 true",
                        "lmtp (socket) /run/dovecot/lmtp LMTP false");
        assertThat(DovecotConfig.parse(recorded("doveconf.txt").replace("\nssl = yes", "\nssl = no"))
                        .listeners())
                .hasSize(3);
    }

    @Test
    void systemctl_tells_each_instance_of_a_template() throws IOException {
        assertThat(SystemdInstances.parse(recorded("systemctl.txt")))
                .extracting(Instance::name, Instance::protocol, Instance::state, Instance::expected)
                .containsExactly(
                        tuple("dovecot@proxy", IMAP4, STOPPED, true),
                        tuple("exim4@out", SMTP, STARTING, true),
                        tuple("postfix@-", SMTP, RUNNING, true),
                        tuple("postfix@out", SMTP, STOPPED, true),
                        tuple("postfix@old", SMTP, STOPPED, false),
                        tuple("vsftpd@eu", FTP, STOPPING, true));
        assertThat(SystemdInstances.parse(recorded("systemctl.txt")).get(3).start())
                .containsExactly("systemctl", "start", "postfix@out.service");
    }

    @Test
    void sc_tells_all_seven_states() throws IOException {
        assertThat(WindowsServices.parse(recorded("sc-query-english.txt")))
                .extracting(WindowsServices.Service::name, WindowsServices.Service::state)
                .containsExactly(
                        tuple("MSExchangePop3", STOPPED),
                        tuple("MSExchangeTransport", RUNNING),
                        tuple("SMTPSVC", STARTING),
                        tuple("W3SVC", PAUSED),
                        tuple("FTPSVC", STOPPING),
                        tuple("NntpSvc", CONTINUING),
                        tuple("IMAP4Svc", PAUSING),
                        tuple("Spooler", RUNNING));
    }

    @Test
    void sc_is_understood_in_other_languages() throws IOException {
        assertThat(WindowsServices.parse(recorded("sc-query-german.txt")))
                .containsExactly(
                        new WindowsServices.Service("SMTPSVC", STOPPED),
                        new WindowsServices.Service("MSExchangeIMAP4BE", RUNNING));
        assertThat(WindowsServices.parse(recorded("sc-query-spanish.txt")))
                .containsExactly(new WindowsServices.Service("POP3SVC", RUNNING));
    }

    @ParameterizedTest
    @CsvSource({
        "MSExchangePop3, POP3",
        "MSExchangeIMAP4BE, IMAP4",
        "MSExchangeTransport, SMTP",
        "MSExchangeFrontEndTransport, SMTP",
        "MSExchangeTransportLogSearch, OTHER",
        "MSExchangeSubmission, SMTP",
        "MSExchangeIS, OTHER",
        "smtpsvc, SMTP",
        "W3SVC, WWW",
        "Spooler, "
    })
    void a_windows_service_is_known_by_its_name(String name, InstanceProtocol protocol) {
        assertThat(WindowsServices.protocol(name).orElse(null)).isEqualTo(protocol);
    }

    @Test
    void sc_tells_how_a_service_is_started() throws IOException {
        assertThat(WindowsServices.startType(recorded("sc-qc.txt"))).hasValue(3);
        assertThat(WindowsServices.startType(recorded("sc-qc-delayed.txt"))).hasValue(2);
        assertThat(WindowsServices.startType("[SC] OpenService FAILED 5:")).isEmpty();
    }

    @Test
    void appcmd_tells_sites_and_pools() throws IOException {
        List<Instance> instances = IisInstances.parse(recorded("appcmd.txt"), "appcmd");

        assertThat(instances)
                .extracting(Instance::name, Instance::protocol, Instance::state)
                .containsExactly(
                        tuple("Default Web Site", WWW, RUNNING),
                        tuple("Exchange Back End", WWW, STOPPED),
                        tuple("files (public), ?", FTP, STOPPING),
                        tuple("files (public), ?", WWW, STOPPING),
                        tuple("broken", WWW, UNKNOWN),
                        tuple("pool DefaultAppPool", WWW, RUNNING),
                        tuple("pool MSExchangeOWAAppPool", WWW, STOPPED));
        assertThat(instances.get(1).start()).containsExactly("appcmd", "start", "site", "/site.name:Exchange Back End");
        assertThat(instances.getLast().start())
                .containsExactly("appcmd", "start", "apppool", "/apppool.name:MSExchangeOWAAppPool");
    }

    @Test
    void states_of_windows_are_known_by_their_numbers() {
        assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 0, 8).stream().map(InstanceState::ofWindows))
                .containsExactly(STOPPED, STARTING, STOPPING, RUNNING, CONTINUING, PAUSING, PAUSED, UNKNOWN, UNKNOWN);
    }

    @Test
    void pop3_of_dovecot_is_pop3() {
        assertThat(InstanceProtocol.of("pop3s")).isEqualTo(POP3);
    }

    /** As a program's output is read: bytes that are no UTF-8 are replaced. */
    private static String recorded(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/instance", name));
        return new String(bytes, StandardCharsets.UTF_8).replace('\u00fc', '?');
    }
}
