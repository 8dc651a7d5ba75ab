package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;
import org.mailsonar.testing.TestCertificates;

/** A next hop with a fault: the probe is deferred, people can see why, and it comes back by itself once the fault is gone. */
@NeedsPostfix // not for its Postfix, but for the mount namespaces and the ports that it needs too
class RelayFaultIT {

    private static final String DEFERRED =
            "mailsonar_reflector_messages_total{disposition=\"deferred\",reason=\"relay\"}";

    @TempDir
    private Path directory;

    private ReflectorSite site;

    @BeforeEach
    void prepare() throws IOException {
        site = ReflectorSite.in(directory);
    }

    @AfterEach
    void end() {
        site.close();
    }

    @Test
    void a_wrong_certificate() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "ours");
        SSLContext good = authority.server("good", "dns:localhost,ip:127.0.0.1");
        assertRecovers(
                SmtpScript.offering("STARTTLS").encryptingAs(authority.server("other", "dns:mail.elsewhere.test")),
                SmtpScript.offering("STARTTLS").encryptingAs(good),
                "?starttls=require&caFile=" + authority.caFile(),
                "the certificate was not accepted");
    }

    @Test
    void an_expired_certificate() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "ours");
        SSLContext good = authority.server("good", "dns:localhost,ip:127.0.0.1");
        assertRecovers(
                SmtpScript.offering("STARTTLS").encryptingAs(authority.expiredServer("old", "ip:127.0.0.1")),
                SmtpScript.offering("STARTTLS").encryptingAs(good),
                "?starttls=require&caFile=" + authority.caFile(),
                "the certificate was not accepted");
    }

    @Test
    void silence_after_the_message() throws IOException {
        assertRecovers(
                SmtpScript.offering("PIPELINING").answering(SmtpScript.CONTENT, SmtpScript.HANG),
                SmtpScript.offering("PIPELINING"),
                "?dataTimeout=300ms",
                "no reply within 300 ms");
    }

    @Test
    void silence_from_the_start() throws IOException {
        assertRecovers(
                SmtpScript.offering("PIPELINING").answering(SmtpScript.GREETING, SmtpScript.HANG),
                SmtpScript.offering("PIPELINING"),
                "?replyTimeout=300ms",
                "no reply within 300 ms");
    }

    @Test
    void a_name_server_that_is_silent_holds_up_nobody_but_the_probes_that_need_it() throws IOException {
        // The machine's own name, which libraries look up as they start, is known without a name server.
        String ownNames = "127.0.0.1 localhost "
                + Files.readString(Path.of("/proc/sys/kernel/hostname")).strip() + "\n";
        InetAddress silent = InetAddress.ofLiteral("127.53.1.1");
        Path resolver = Files.writeString(
                directory.resolve("resolv.conf"), "nameserver 127.53.1.1\noptions timeout:3 attempts:1\n");
        Path hosts = Files.writeString(directory.resolve("hosts"), ownNames);
        site.configure(site.good()
                .replace(
                        "smtp://127.0.0.1:" + site.nextHop().port(),
                        "smtp://mail.company.test:" + site.nextHop().port() + "?starttls=off&connectTimeout=500ms"));
        try (DatagramSocket _ = new DatagramSocket(new InetSocketAddress(silent, 53));
                Program reflector = Program.start(
                        InstalledTree.environment(),
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind " + resolver + " /etc/resolv.conf && mount --bind " + hosts
                                + " /etc/hosts && exec " + String.join(" ", site.command()))) {
            reflector.await("returns leave by");
            assertThat(site.send(SignedProbe.fresh()))
                    .startsWith("451")
                    .contains("no answer of the name server within 500 ms");
            assertThat(site.send(SignedProbe.forged())).startsWith("550");
            assertThat(site.get("/healthz").statusCode()).isEqualTo(503);
            assertThat(site.sample(DEFERRED)).isEqualTo(1);

            // Written into the file that is mounted there: the name has an address now.
            Files.writeString(hosts, ownNames + "127.0.0.1 mail.company.test\n");
            Poll.until("the relay", this::isReturned);
            assertThat(site.get("/healthz").body()).isEqualTo("ok\n");
        }
    }

    private boolean isReturned() {
        try {
            return site.send(SignedProbe.fresh()).startsWith("250");
        } catch (IOException lost) {
            return false;
        }
    }

    /** The first connection meets the fault, all others do not. */
    private void assertRecovers(SmtpScript faulty, SmtpScript good, String options, String told) throws IOException {
        try (ScriptedServer relay = ScriptedServer.start(faulty, good)) {
            site.configure(site.good()
                    .replace(
                            "smtp://127.0.0.1:" + site.nextHop().port(), "smtp://127.0.0.1:" + relay.port() + options));
            try (Program reflector = site.start()) {
                assertThat(site.send(SignedProbe.fresh())).startsWith("451").contains(told);
                assertThat(reflector.await(" deferred from=")).contains("reason=relay", told);
                assertThat(site.get("/healthz").statusCode()).isEqualTo(503);
                assertThat(site.get("/healthz").body()).contains(told);
                assertThat(site.sample(DEFERRED)).isEqualTo(1);

                assertThat(site.send(SignedProbe.fresh())).startsWith("250");
                assertThat(site.get("/healthz").statusCode()).isEqualTo(200);
                assertThat(relay.messages()).isNotEmpty();
            }
        }
    }
}
