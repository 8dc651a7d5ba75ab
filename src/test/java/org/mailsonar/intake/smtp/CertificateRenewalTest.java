package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.testing.CapturedLog;

/** Certificate files that change under a running listener, as certbot changes them. */
@Timeout(60)
class CertificateRenewalTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @SuppressWarnings("NullAway.Init")
    private TlsSite site;

    @SuppressWarnings("NullAway.Init")
    private SmtpListener listener;

    @SuppressWarnings("NullAway.Init")
    private CapturedLog log;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        site = TlsSite.in(directory);
        // Certificates of two days are always about to expire: so this clock is a month behind.
        site.clock().stepWall(Duration.between(site.clock().now().wall(), expiry().minus(Duration.ofDays(30))));
        log = CapturedLog.of(SmtpListener.class.getPackage());
        listener = site.listen(ListenerProtocol.SMTP);
    }

    @AfterEach
    void stop() {
        listener.close();
        log.close();
    }

    @Test
    void a_new_pair_is_used_a_second_later_by_new_connections_and_the_old_ones_go_on() throws Exception {
        try (var old = SmtpConversation.afterStartTls(listener, site.newClient())) {
            assertThat(name(old)).isEqualTo("CN=first");
            put(site.issue("second"));
            assertThat(name()).isEqualTo("CN=first");
            site.pass(SECOND);
            assertThat(name()).isEqualTo("CN=second");
            old.say("NOOP").expect("250");
        }
        assertThat(log.lines("WARN")).isEmpty();
        assertThat(log.lines("INFO")).anyMatch(line -> line.contains("new certificate in "));
    }

    @Test
    void the_time_stamp_and_the_size_of_a_file_do_not_matter() throws Exception {
        assertThat(name()).isEqualTo("CN=first");
        var stamp = Files.getLastModifiedTime(site.files().certificate());
        put(site.issue("again"));
        Files.setLastModifiedTime(site.files().certificate(), stamp);
        Files.setLastModifiedTime(site.files().key(), stamp);
        site.pass(SECOND);
        assertThat(name()).isEqualTo("CN=again");
    }

    @Test
    void half_a_new_pair_breaks_nothing_and_is_warned_of_once() throws Exception {
        TlsFiles second = site.issue("second");
        Files.copy(second.certificate(), site.files().certificate(), StandardCopyOption.REPLACE_EXISTING);
        for (int i = 0; i < 3; i++) {
            site.pass(SECOND);
            assertThat(name()).isEqualTo("CN=first");
        }
        assertThat(log.lines("WARN"))
                .containsExactly(
                        "WARN TLS file " + site.files().key()
                                + ": does not belong to the first certificate in "
                                + site.files().certificate()
                                + "; name the key that the certificate was made for; until then the certificate read before stays in use");
        put(second);
        site.pass(SECOND);
        assertThat(name()).isEqualTo("CN=second");
        assertThat(log.lines("WARN")).hasSize(1);
    }

    @Test
    void each_kind_of_trouble_keeps_the_old_certificate() throws Exception {
        Path key = site.files().key();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        keepsFirst("may be read or changed by others");
        Files.writeString(site.files().certificate(), "-----BEGIN CERTIFICATE-----\nMIIB");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        keepsFirst("is cut");
        Files.writeString(site.files().certificate(), "");
        keepsFirst("holds no certificate");
        Files.delete(site.files().certificate());
        keepsFirst("is missing");
        put(site.issue("second"));
        site.pass(SECOND);
        assertThat(name()).isEqualTo("CN=second");
        assertThat(log.lines("WARN")).hasSize(4).noneMatch(line -> line.contains("stack trace"));
    }

    @Test
    void a_symbolic_link_that_is_turned_is_noticed() throws Exception {
        TlsFiles second = site.issue("second");
        for (Path[] turn : new Path[][] {
            {site.files().certificate(), second.certificate()}, {site.files().key(), second.key()}
        }) {
            Path link = Files.createSymbolicLink(turn[0].resolveSibling("link"), turn[1]);
            Files.move(link, turn[0], StandardCopyOption.ATOMIC_MOVE);
        }
        site.pass(SECOND);
        assertThat(name()).isEqualTo("CN=second");
    }

    @Test
    void a_certificate_that_soon_expires_is_warned_of_once() throws Exception {
        site.pass(Duration.ofDays(22));
        assertThat(name()).isEqualTo("CN=first");
        assertThat(log.lines("WARN")).isEmpty();
        site.pass(Duration.ofDays(2));
        name();
        site.pass(SECOND);
        name();
        assertThat(log.lines("WARN"))
                .containsExactly("WARN the certificate in " + site.files().certificate() + " expires at " + expiry()
                        + "; renew it");
    }

    @Test
    void one_that_has_expired_is_warned_of_at_the_start_and_used() throws Exception {
        site.pass(Duration.ofDays(31));
        try (var late = site.listen(ListenerProtocol.SMTPS);
                var talk = SmtpConversation.secured(late, site.newClient())) {
            talk.expect("220");
        }
        assertThat(log.lines("WARN")).singleElement().asString().endsWith(" expired at " + expiry() + "; renew it");
    }

    @Test
    void files_that_cannot_be_used_at_the_start_are_told_in_one_line() throws Exception {
        Files.delete(site.files().key());
        assertThatExceptionOfType(TlsFileException.class)
                .isThrownBy(() -> site.listen(ListenerProtocol.SMTP))
                .withMessageStartingWith("TLS file " + site.files().key() + ": is missing; ");
    }

    private void keepsFirst(String reason) throws Exception {
        for (int i = 0; i < 2; i++) {
            site.pass(SECOND);
            assertThat(name()).isEqualTo("CN=first");
        }
        assertThat(log.lines("WARN").getLast()).contains(reason, "the certificate read before stays in use");
    }

    private void put(TlsFiles issued) throws Exception {
        Files.copy(issued.certificate(), site.files().certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                issued.key(),
                site.files().key(),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private Instant expiry() {
        return TlsIdentity.of(site.files(), TlsFileBytes.read(site.files())).expires();
    }

    /** Whose certificate a new connection gets. */
    private String name() throws Exception {
        try (var talk = SmtpConversation.afterStartTls(listener, site.newClient())) {
            return name(talk);
        }
    }

    private static String name(SmtpConversation talk) throws Exception {
        return ((X509Certificate) talk.session().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }
}
