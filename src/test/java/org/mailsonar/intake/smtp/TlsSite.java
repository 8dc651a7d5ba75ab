package org.mailsonar.intake.smtp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.testing.TestCertificates;
import org.mailsonar.testing.TestClock;

/** A host with a certificate of a test authority, whose listeners keep what they get. */
final class TlsSite {

    static final String NAMES = "dns:localhost,ip:127.0.0.1";

    private final Path directory;
    private final TestCertificates authority;
    private final SSLContext client;
    private final BlockingQueue<ReceivedMail> received = new LinkedBlockingQueue<>();
    private final TestClock clock = new TestClock(Instant.parse("2026-11-01T12:00:00Z"));

    private TlsSite(Path directory, TestCertificates authority) throws IOException, GeneralSecurityException {
        this.directory = directory;
        this.authority = authority;
        this.client = authority.client();
    }

    /** Makes the authority and a first certificate; takes two seconds. */
    static TlsSite in(Path directory) throws IOException, GeneralSecurityException {
        TlsSite site = new TlsSite(directory, TestCertificates.authority(directory, "ca"));
        site.renew("first");
        return site;
    }

    TlsFiles files() {
        return new TlsFiles(directory.resolve("fullchain.pem"), directory.resolve("privkey.pem"));
    }

    /** A new certificate and key in files of their own, {@code NAME-fullchain.pem} and {@code NAME-privkey.pem}. */
    TlsFiles issue(String name) throws IOException, GeneralSecurityException {
        TlsFiles issued =
                new TlsFiles(directory.resolve(name + "-fullchain.pem"), directory.resolve(name + "-privkey.pem"));
        authority.writePem(name, NAMES, issued.certificate(), issued.key());
        return issued;
    }

    /** Puts a new certificate and key in the place of the old ones. */
    void renew(String name) throws IOException, GeneralSecurityException {
        TlsFiles issued = issue(name);
        Files.copy(issued.certificate(), files().certificate());
        Files.copy(issued.key(), files().key(), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** The authority's certificate in PEM. */
    Path caFile() throws IOException, GeneralSecurityException {
        return authority.caFile();
    }

    SmtpListener listen(ListenerProtocol protocol) {
        return listen(settings(protocol));
    }

    SmtpListener listen(ListenerSettings settings) {
        return SmtpListener.start(
                settings,
                mail -> {
                    received.add(mail);
                    return new Disposition.Accepted("thanks");
                },
                clock);
    }

    ListenerSettings settings(ListenerProtocol protocol) {
        return ListenerSettings.on("127.0.0.1", 0)
                .named("mx.company.test")
                .accepting(EmailAddress.parse("probe@company.test"))
                .speaking(protocol, files());
    }

    SSLContext client() {
        return client;
    }

    /** A client without sessions to resume. */
    SSLContext newClient() throws IOException, GeneralSecurityException {
        return authority.client();
    }

    BlockingQueue<ReceivedMail> received() {
        return received;
    }

    void pass(Duration time) {
        clock.pass(time);
    }

    TestClock clock() {
        return clock;
    }
}
