package org.mailsonar.check.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mailsonar.check.instance.InstanceProtocol.FTP;
import static org.mailsonar.check.instance.InstanceProtocol.IMAP4;
import static org.mailsonar.check.instance.InstanceProtocol.LDAP;
import static org.mailsonar.check.instance.InstanceProtocol.NNTP;
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
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.program.Ran;

/**
 * How the output of each system's tools is read. What {@code doveconf} and {@code systemctl} say was printed by real ones (Dovecot 2.3, systemd
 * 252, see SystemdInstancesIT); {@code postmulti} and {@code postconf} were written after their manuals, and are run for real in
 * PostfixInstancesIT.
 *
 * <p>No Windows was at hand. These samples follow outputs that are published, with names of our own: {@code sc query} and {@code queryex} in
 * English (blank at a line's end, accepted controls on a line of their own, types of user services, of packaged ones and of none that is
 * known), in Italian (two widths of the label's column) and in Russian, whose code page 866 is an assumption; {@code sc qc} in English;
 * {@code appcmd list} with bindings that are none of the web, pools without managed code, pools that are {@code Unknown}, and the error of a
 * site with too many bindings. {@code sc query} in German and Spanish, most labels of {@code sc qc} in Italian, and {@code Unknown} for a site
 * with FTP alone were compared with nothing.
 */
class ToolOutputTest {

    @Test
    void postmulti_tells_names_directories_and_which_are_disabled() throws IOException {
        assertThat(PostfixInstances.Multi.parse(sample("postmulti-l.txt")))
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
        List<PostfixService> services = PostfixService.parse(sample("postconf-M.txt"), "");

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
        assertThat(PostfixService.parse(sample("postconf-M.txt"), disabled)).hasSize(left);
    }

    @Test
    void a_service_on_port_25_is_known_in_a_master_cf_also_when_it_is_commented_out() {
        String submission = "submission inet n       -       y       -       -       smtpd\n  -o syslog_name=x\n";
        assertThat(PostfixService.switchedOff("""
                # service type  private unpriv  chroot  wakeup  maxproc command + args
                #               (yes)   (yes)   (no)    (never) (100)
                #smtp      inet  n       -       y       -       -       smtpd
                """ + submission)).contains("smtp");
        assertThat(PostfixService.switchedOff(
                        submission + "# 192.0.2.1:25 inet n       -       n       -       1       postscreen"))
                .contains("192.0.2.1:25");
        assertThat(PostfixService.switchedOff(
                        submission + "smtp unix - - y - - smtp\n#smtp inet n - y - 1 other\n#628 inet n - y - - qmqpd"))
                .isEmpty();
        assertThat(List.of("smtp", "25", "192.0.2.1:25", "[::1]:smtp"))
                .allMatch(name -> new PostfixService(name, false).isPort25());
        assertThat(List.of("submission", "smtps", "[::1]", "2525", "10.0.0.25:587"))
                .noneMatch(name -> new PostfixService(name, false).isPort25());
    }

    @Test
    void doveconf_tells_the_listeners_of_enabled_protocols() throws IOException {
        DovecotConfig config = DovecotConfig.parse(sample("doveconf.txt"));

        assertThat(config.listeners())
                .extracting(place -> place.name() + " " + place.listener() + " " + place.protocol() + " " + place.tls())
                .containsExactlyInAnyOrder(
                        "imap 127.0.0.1:143 IMAP4 false",
                        "imaps 127.0.0.1:993 IMAP4 true",
                        "pop3 127.0.0.1:110 POP3 false",
                        "pop3s 127.0.0.1:995 POP3 true",
                        "lmtp (socket) /run/dovecot/lmtp LMTP false");
        assertThat(DovecotConfig.parse(sample("doveconf.txt").replace("\nssl = yes", "\nssl = no"))
                        .listeners())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"* OK ready, RUNNING", "* PREAUTH root, RUNNING", "* BYE too many connections, UNKNOWN"})
    void an_imap_server_that_says_bye_does_not_run(String greeting, InstanceState state) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.startVirtualThread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write((greeting + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException gone) {
                    // what it said before counts
                }
            });
            DovecotConfig.Place place =
                    new DovecotConfig.Place("imap-login", "imap", List.of("127.0.0.1"), server.getLocalPort(), false);

            assertThat(place.listener().ask(Duration.ofSeconds(30)).state()).isEqualTo(state);
            answering.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"systemctl.txt", "systemctl-marks.txt"})
    void systemctl_tells_each_instance_of_a_template(String output) throws IOException {
        List<Instance> instances = SystemdInstances.parse(sample(output));

        assertThat(instances)
                .extracting(Instance::name, Instance::protocol, Instance::state, Instance::expected)
                .containsExactly(
                        tuple("dovecot@proxy", IMAP4, STOPPING, true),
                        tuple("exim4@in", SMTP, STOPPED, true),
                        tuple("httpd@broken", WWW, STOPPED, true),
                        tuple("inn2@hangs", NNTP, STARTING, true),
                        tuple("nginx@web", WWW, STARTING, true),
                        tuple("postfix@-", SMTP, RUNNING, true),
                        tuple("postfix@out\\x2dtwo", SMTP, STOPPED, true),
                        tuple("proftpd@us", FTP, STOPPED, true),
                        tuple("slapd@old", LDAP, STOPPED, false),
                        tuple("vsftpd@eu", FTP, RUNNING, true));
        assertThat(instances.get(1).start())
                .containsExactly("systemctl", "--no-ask-password", "start", "exim4@in.service");
        assertThat(instances.get(2).detail()).isEqualTo("inactive (dead), bad-setting");
    }

    @ParameterizedTest
    @CsvSource({
        "postfix@4-1000-0.service, 0",
        "postfix@4-1000_77-0.service, 0",
        "postfix@4-unknown.service, 0",
        "postfix@4.service, 1",
        "postfix@4-out.service, 1",
        "postfix@unknown.service, 1"
    })
    void an_instance_for_one_connection_is_none_of_the_server(String unit, int instances) {
        assertThat(SystemdInstances.parse(unit + " loaded failed failed One connection"))
                .hasSize(instances);
    }

    @Test
    void sc_tells_all_seven_states() throws IOException {
        assertThat(WindowsServices.parse(sample("sc-query-english.txt")))
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
        assertThat(WindowsServices.parse(sample("sc-query-german.txt")))
                .containsExactly(
                        new WindowsServices.Service("SMTPSVC", STOPPED),
                        new WindowsServices.Service("MSExchangeIMAP4BE", RUNNING));
        assertThat(WindowsServices.parse(sample("sc-query-spanish.txt")))
                .containsExactly(new WindowsServices.Service("POP3SVC", RUNNING));
    }

    @Test
    void labels_of_any_width_and_code_page_are_passed_over() throws IOException {
        assertThat(WindowsServices.parse(sample("sc-query-italian.txt")))
                .containsExactly(
                        new WindowsServices.Service("MSExchangePop3", STOPPED),
                        new WindowsServices.Service("W3SVC", RUNNING));
        assertThat(WindowsServices.parse(sample("sc-query-russian.txt")))
                .containsExactly(
                        new WindowsServices.Service("SMTPSVC", STOPPING),
                        new WindowsServices.Service("hMailServer", RUNNING));
    }

    @Test
    void services_of_users_and_packages_and_those_of_no_known_type_have_a_state_too() throws IOException {
        assertThat(WindowsServices.parse(sample("sc-queryex.txt")))
                .containsExactly(
                        new WindowsServices.Service("W3SVC", RUNNING),
                        new WindowsServices.Service("MailAgentSvc_4f1a2", STOPPED),
                        new WindowsServices.Service("MailPushSvc_4f1a2", RUNNING),
                        new WindowsServices.Service("StoreMailService", STARTING));
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
        assertThat(WindowsServices.startType(sample("sc-qc.txt"))).hasValue(3);
        assertThat(WindowsServices.startType(sample("sc-qc-delayed.txt"))).hasValue(2);
        assertThat(WindowsServices.startType(sample("sc-qc-italian.txt"))).hasValue(4);
        assertThat(WindowsServices.startType("[SC] OpenService FAILED 5:")).isEmpty();
    }

    @Test
    void appcmd_tells_sites_and_pools_and_an_ftp_site_runs_when_it_greets() throws IOException {
        List<String> asked = new ArrayList<>();
        List<Instance> instances = IisInstances.parse(sample("appcmd.txt"), "appcmd", listener -> {
            asked.add(listener + " " + listener.greetings());
            return listener.port() == 21
                    ? new Listener.Answer(RUNNING, "")
                    : new Listener.Answer(STOPPED, "nobody listens there");
        });

        assertThat(instances)
                .extracting(Instance::name, Instance::protocol, Instance::state)
                .containsExactly(
                        tuple("Default Web Site", WWW, RUNNING),
                        tuple("Exchange Back End", WWW, STOPPED),
                        tuple("files (public), ?", WWW, STOPPING),
                        tuple("files (public), ?", FTP, RUNNING),
                        tuple("drop", FTP, STOPPED),
                        tuple("secure drop", FTP, STOPPED),
                        tuple("odd drop", FTP, UNKNOWN),
                        tuple("broken", WWW, UNKNOWN),
                        tuple("pool DefaultAppPool", WWW, RUNNING),
                        tuple("pool MSExchangeOWAAppPool", WWW, STOPPED),
                        tuple("pool Classic .NET AppPool", WWW, RUNNING),
                        tuple("pool webmail", WWW, UNKNOWN));
        assertThat(asked).containsExactly("127.0.0.1:21 [220]", "192.0.2.7:2121 [220]", "[2001:db8::7]:990 []");
        assertThat(instances.get(1).start()).containsExactly("appcmd", "start", "site", "/site.name:Exchange Back End");
        assertThat(instances.get(4).start()).isEmpty();
        assertThat(instances.get(4).detail()).isEqualTo("ftp/192.0.2.7:2121:drop.company.test, nobody listens there");
        assertThat(instances.get(9).start())
                .containsExactly("appcmd", "start", "apppool", "/apppool.name:MSExchangeOWAAppPool");
        assertThat(instances.getLast().detail())
                .isEqualTo("(none is known while the services WAS and W3SVC are stopped)");
    }

    @Test
    void what_appcmd_could_not_list_is_told() throws IOException {
        assertThat(IisInstances.wrong(new Ran.Ended(0, sample("appcmd.txt"), "")))
                .contains(
                        "said: hresult:8007007a, message:Failed to generate item output. The data area passed to a system"
                                + " call is too small.; others may be missing, run it as an administrator and see what it says");
        assertThat(IisInstances.wrong(new Ran.Ended(1, "", ""))).isEmpty();
        assertThat(IisInstances.wrong(new Ran.Ended(0, "SITE \"a\" (id:1,bindings:,state:Started)", "")))
                .isEmpty();
        assertThat(IisInstances.wrong(new Ran.Ended(5, "", "no right")))
                .contains("ended with status 5: no right; run it as an administrator");
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
    private static String sample(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/instance", name));
        return new String(bytes, StandardCharsets.UTF_8).replace('\u00fc', '?');
    }
}
