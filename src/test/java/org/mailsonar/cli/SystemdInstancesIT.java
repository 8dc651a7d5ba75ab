package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsSystemd;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SystemdLab;

/** The command {@code instances}, as it is typed in, beside a real systemd whose units are in every state that they can be in. */
@NeedsSystemd
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemdInstancesIT {

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry(
                    "postfix@.service",
                    unit("Postfix Mail Transport Agent (instance %i)", "ExecStart=/bin/sleep infinity")),
            Map.entry("exim4@.service", unit("Fails to start (%i)", "Type=forking\nExecStart=/bin/false")),
            Map.entry("proftpd@.service", unit("Ends as soon as it is started (%i)", "ExecStart=/bin/false")),
            Map.entry(
                    "inn2@.service",
                    unit(
                            "Never says that it is up (%i)",
                            "Type=notify\nTimeoutStartSec=infinity\nExecStart=/bin/sleep infinity")),
            Map.entry(
                    "vsftpd@.service",
                    unit("Takes long to reload (%i)", "ExecStart=/bin/sleep infinity\nExecReload=/bin/sleep infinity")),
            Map.entry(
                    "dovecot@.service",
                    unit(
                            "Does not stop when it is told to (%i)",
                            "TimeoutStopSec=infinity\n"
                                    + "ExecStart=/bin/sh -c 'trap : TERM; echo up >LAB/%i; while :; do sleep 1; done'")),
            Map.entry("slapd@old.service", ""),
            Map.entry("httpd@broken.service", unit("Has no program", "Type=forking")),
            Map.entry(
                    "nginx@.service",
                    unit("Is started again and again (%i)", "ExecStart=/bin/false\nRestart=always\nRestartSec=1000")),
            Map.entry("smtpd.socket", """
                    [Unit]
                    DefaultDependencies=no
                    [Socket]
                    ListenStream=127.0.0.1:2525
                    ListenStream=[::1]:2525
                    ListenStream=LAB/socket
                    Accept=yes
                    """),
            Map.entry("smtpd@.service", unit("One connection (%i)", "StandardInput=socket\nExecStart=/bin/false")));

    @TempDir
    private static Path directory;

    private static SystemdLab lab;

    private final CapturedTerminal terminal = new CapturedTerminal();

    private static String unit(String description, String service) {
        return "[Unit]\nDescription=%s\nDefaultDependencies=no\n[Service]\n%s\n".formatted(description, service);
    }

    @BeforeAll
    static void start() throws IOException {
        lab = SystemdLab.start(
                UNITS,
                List.of(
                        "postfix@-.service",
                        "postfix@out\\x2dtwo.service",
                        "exim4@in.service",
                        "inn2@hangs.service",
                        "vsftpd@eu.service",
                        "dovecot@proxy.service",
                        "slapd@old.service",
                        "httpd@broken.service",
                        "nginx@web.service",
                        "proftpd@us.service",
                        "sendmail@gone.service",
                        "smtpd.socket"));
        lab.run("systemctl", "stop", "postfix@out\\x2dtwo.service");
        lab.run("systemctl", "reload", "--no-block", "vsftpd@eu.service");
        Poll.until("its trap to be set", () -> Files.exists(lab.directory().resolve("proxy")));
        lab.run("systemctl", "stop", "--no-block", "dovecot@proxy.service");
        connect("AF_INET", "('127.0.0.1', 2525)");
        connect("AF_INET6", "('::1', 2525)");
        connect("AF_UNIX", "'" + lab.directory().resolve("socket") + "'");
        for (String awaited : List.of(
                "vsftpd@eu reloading", "dovecot@proxy deactivating", "exim4@in failed", "nginx@web activating")) {
            String[] words = awaited.split(" ", 2);
            Poll.until(
                    awaited,
                    () -> lab.run("systemctl", "is-active", words[0] + ".service")
                            .output()
                            .strip()
                            .equals(words[1]));
        }
    }

    /** For each connection systemd makes an instance, which fails. */
    private static void connect(String family, String address) {
        String program =
                "import socket; s = socket.socket(socket.%s); s.connect(%s); s.recv(1)".formatted(family, address);
        assertThat(lab.run("/usr/bin/python3", "-c", program).status()).isLessThan(2);
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    @Order(1)
    void each_instance_of_a_template_is_told_with_its_state() {
        assertThat(instances()).isEqualTo(1);

        assertThat(terminal.results())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("  SOURCE"),
                        line -> assertThat(line)
                                .matches(
                                        "\\* systemd +dovecot@proxy +IMAP4 +stopping +deactivating \\(stop-sigterm\\)"),
                        line -> assertThat(line).matches("\\* systemd +exim4@in +SMTP +stopped +failed \\(failed\\)"),
                        line -> assertThat(line)
                                .matches("\\* systemd +httpd@broken +WWW +stopped +inactive \\(dead\\), bad-setting"),
                        line -> assertThat(line)
                                .matches("\\* systemd +inn2@hangs +NNTP +starting +activating \\(start\\)"),
                        line -> assertThat(line)
                                .matches("\\* systemd +nginx@web +WWW +starting +activating \\(auto-restart\\)"),
                        line -> assertThat(line).matches("  systemd +postfix@- +SMTP +running +active \\(running\\)"),
                        line -> assertThat(line)
                                .matches("\\* systemd +postfix@out\\\\x2dtwo +SMTP +stopped +inactive \\(dead\\)"),
                        line -> assertThat(line).matches("\\* systemd +proftpd@us +FTP +stopped +failed \\(failed\\)"),
                        line -> assertThat(line)
                                .matches("\\* systemd +slapd@old +LDAP +stopped +inactive \\(dead\\), masked"),
                        line -> assertThat(line).matches("  systemd +vsftpd@eu +FTP +running +reloading \\(reload\\)"),
                        line -> assertThat(line)
                                .startsWith(
                                        "WARNING 7 of 10 instances are not running: dovecot@proxy (IMAP4, stopping), "));
        assertThat(lab.run("systemctl", "list-units", "--all", "--plain", "smtpd@*")
                        .output())
                .as("connections that are no instances")
                .contains("3 loaded units listed");
    }

    @Test
    @Order(2)
    void what_is_stopped_is_started_with_a_time_limit_and_told_whatever_comes_of_it() {
        lab.run("systemctl", "stop", "inn2@hangs.service");

        assertThat(instances("--start", "--start-limit", "2s")).isEqualTo(1);

        assertThat(terminal.results())
                .contains(
                        "STARTED postfix@out\\x2dtwo by systemctl --no-ask-password start postfix@out\\x2dtwo.service: done; now"
                                + " running",
                        "STARTED inn2@hangs by systemctl --no-ask-password start inn2@hangs.service: systemctl was not done"
                                + " within 2.0 s, and was killed; now starting")
                .anyMatch(line ->
                        line.startsWith("STARTED exim4@in by systemctl --no-ask-password start exim4@in.service:"
                                        + " ended with status 1: Job for exim4@in.service failed because the control process exited"
                                        + " with error code.")
                                && line.endsWith("; now stopped"))
                .anyMatch(line -> line.startsWith("STARTED httpd@broken ")
                        && line.contains("Unit httpd@broken.service has a bad unit file setting.")
                        && line.endsWith("; now stopped"))
                .contains(
                        "STARTED proftpd@us by systemctl --no-ask-password start proftpd@us.service: done, in vain; now"
                                + " stopped")
                .noneMatch(line -> line.startsWith("STARTED slapd@old"));
    }

    @Test
    @Order(3)
    void when_all_that_did_not_run_was_started_the_status_is_1_and_0_the_next_time() throws IOException {
        for (String unwanted : List.of("exim4@in", "httpd@broken", "inn2@hangs", "nginx@web", "proftpd@us")) {
            Path unit = lab.directory().resolve("units").resolve(unwanted + ".service");
            Files.deleteIfExists(unit);
            Files.createSymbolicLink(unit, Path.of("/dev/null"));
            lab.run("systemctl", "stop", unwanted);
        }
        lab.run("systemctl", "daemon-reload");
        lab.run("systemctl", "kill", "--signal=KILL", "dovecot@proxy");
        lab.run("systemctl", "stop", "dovecot@proxy");

        assertThat(instances("--start")).isEqualTo(1);
        assertThat(terminal.results()).anyMatch(line -> line.matches("STARTED dovecot@proxy by .*: done; now running"));
        assertThat(instances()).isZero();
    }

    @Test
    void without_a_systemd_one_line_says_so_and_the_status_is_3() throws IOException {
        // As the first process of its namespace it would complain to the kernel's log.
        Path script = Files.writeString(directory.resolve("without"), "mount -t tmpfs none /run\n\"$@\"\nexit $?\n");

        assertThat(terminal.run(
                        "instances", "--source", "systemd", "--run-with", "unshare --mount --pid --fork sh " + script))
                .isEqualTo(3);

        assertThat(terminal.results())
                .last()
                .isEqualTo("UNKNOWN systemd: systemctl list-units ended with status 1: System has not been booted with"
                        + " systemd as init system (PID 1). Can't operate. Failed to connect to bus: Host is down; leave"
                        + " systemd out of --source");
    }

    private int instances(String... options) {
        List<String> words = new ArrayList<>(
                List.of("instances", "--source", "systemd", "--run-with", String.join(" ", lab.inside())));
        words.addAll(List.of(options));
        return terminal.run(words.toArray(String[]::new));
    }
}
