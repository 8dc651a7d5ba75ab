package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys as openssl writes them, and what is said of those that cannot be used. */
class TlsFilesTest {

    private static final String SELF_SIGNED =
            "req -x509 -nodes -days 30 -subj /CN=mx.test -keyout key.pem -out cert.pem ";
    private static final String P256 = SELF_SIGNED + "-newkey ec -pkeyopt ec_paramgen_curve:P-256";

    private final Path directory;
    private final Path certificate;
    private final Path key;
    private final TlsFiles files;

    TlsFilesTest(@TempDir Path directory) {
        this.directory = directory;
        this.certificate = directory.resolve("cert.pem");
        this.key = directory.resolve("key.pem");
        this.files = new TlsFiles(certificate, key);
    }

    @BeforeEach
    void needs_openssl() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    }

    @ParameterizedTest
    @CsvSource({
        "PRIVATE KEY, -newkey rsa:2048, pkey -in key.pem -out form.pem",
        "RSA PRIVATE KEY, -newkey rsa:2048, rsa -in key.pem -traditional -out form.pem",
        "PRIVATE KEY, -newkey ec -pkeyopt ec_paramgen_curve:P-256, pkey -in key.pem -out form.pem",
        "EC PRIVATE KEY, -newkey ec -pkeyopt ec_paramgen_curve:P-256, ec -in key.pem -out form.pem",
        "EC PRIVATE KEY, -newkey ec -pkeyopt ec_paramgen_curve:P-384, ec -in key.pem -no_public -out form.pem",
        "PRIVATE KEY, -newkey ed25519, pkey -in key.pem -out form.pem"
    })
    void each_form_of_key_that_openssl_writes_makes_a_handshake(String label, String algorithm, String form)
            throws Exception {
        openssl(SELF_SIGNED + algorithm);
        openssl(form);
        Files.move(directory.resolve("form.pem"), key, StandardCopyOption.REPLACE_EXISTING);
        protect(key);
        assertThat(Files.readString(key)).startsWith("-----BEGIN " + label + "-----");
        try (var listener = SmtpListener.start(
                ListenerSettings.on("127.0.0.1", 0).speaking(ListenerProtocol.SMTPS, files), mail -> {
                    throw new IllegalStateException("no mail is sent");
                })) {
            assertThat(openssl("s_client -quiet -verify_return_error -CAfile cert.pem -connect 127.0.0.1:"
                            + listener.port()))
                    .contains("220 ", "221 2.0.0");
        }
    }

    @Test
    void explanations_parameters_and_other_blocks_are_passed_over() throws Exception {
        openssl(P256);
        String parameters = openssl("ecparam -name prime256v1");
        openssl("ec -in key.pem -out sec1.pem");
        Files.writeString(
                key,
                "the key of mx.test\r\n" + parameters
                        + Files.readString(directory.resolve("sec1.pem")).replace("\n", "\r\n"));
        protect(key);
        files.check();
    }

    @Test
    void certificate_and_key_may_be_in_one_file() throws Exception {
        openssl(P256);
        Path both =
                Files.writeString(directory.resolve("both.pem"), Files.readString(key) + Files.readString(certificate));
        protect(both);
        new TlsFiles(both, both).check();
    }

    @Test
    void a_key_that_others_may_read_is_refused_and_one_for_a_group_is_not() throws Exception {
        openssl(P256);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        files.check();
        for (String open : List.of("rw-r--r--", "rw--w----", "rw----r--", "rw-----w-")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(open));
            refused(key, "may be read or changed by others; run: chmod 600 " + key);
        }
    }

    @Test
    void a_file_that_is_not_there_is_named() throws Exception {
        refused(certificate, "is missing; name the PEM file that the certificate authority gave");
        openssl(P256);
        Files.delete(key);
        refused(key, "is missing; name the PEM file that the certificate authority gave");
        Files.createDirectory(key);
        refused(key, "is a directory; name the PEM file in it");
    }

    @Test
    void the_key_of_another_certificate_is_refused() throws Exception {
        openssl(P256);
        openssl(P256.replace("cert.pem", "other.pem"));
        protect(key);
        refused(
                key,
                "does not belong to the first certificate in " + certificate
                        + "; name the key that the certificate was made for");
        openssl("genpkey -algorithm ed25519 -out key.pem");
        protect(key);
        refused(key, "is no EC key, as the certificate needs; name the key that belongs to the certificate");
    }

    @Test
    void an_encrypted_key_is_refused_in_both_forms() throws Exception {
        openssl(P256);
        openssl("pkey -in key.pem -aes256 -passout pass:x -out pkcs8.pem");
        openssl("ec -in key.pem -aes256 -passout pass:x -out sec1.pem");
        for (String form : List.of("pkcs8.pem", "sec1.pem")) {
            Files.copy(directory.resolve(form), key, StandardCopyOption.REPLACE_EXISTING);
            protect(key);
            refused(key, "is encrypted, and nobody is there to be asked; run: openssl pkey -in " + key + " -out NEW");
        }
    }

    /** As it is while somebody still writes it. */
    @Test
    void a_file_cut_anywhere_is_refused_and_never_an_unknown_error() throws Exception {
        openssl(P256);
        String whole = Files.readString(certificate);
        for (int length = 0; length < whole.length() - 1; length++) {
            Files.writeString(certificate, whole.substring(0, length));
            refusedWithReason(certificate);
        }
        Files.writeString(certificate, whole);
        String secret = Files.readString(key);
        for (int length = 0; length < secret.length() - 1; length++) {
            Files.writeString(key, secret.substring(0, length));
            refusedWithReason(key);
        }
    }

    @Test
    void what_is_damaged_within_is_refused() throws Exception {
        openssl(P256);
        String whole = Files.readString(certificate);
        Files.writeString(certificate, whole.replaceFirst("\n.{20}", "\nAAAAAAAAAAAAAAAAAAAA"));
        refused(certificate, "holds a certificate that cannot be read; copy it anew");
        Files.writeString(certificate, whole.replaceFirst("\n.", "\n="));
        refused(certificate, "is damaged: the base64 between BEGIN and END cannot be read; copy it anew");
        Files.writeString(certificate, Files.readString(key));
        refused(certificate, "holds no certificate in PEM form; name the file with the whole chain");
        Files.writeString(certificate, whole);
        Files.writeString(key, whole);
        refused(key, "holds no private key in PEM form; name the key that belongs to the certificate");
        Files.write(key, new byte[300 * 1024]);
        refused(key, "is longer than 256 KiB; name a PEM file of one host");
    }

    private void refused(Path file, String reason) {
        assertThatExceptionOfType(TlsFileException.class)
                .isThrownBy(files::check)
                .withMessage("TLS file " + file + ": " + reason);
    }

    private void refusedWithReason(Path file) {
        assertThatExceptionOfType(TlsFileException.class)
                .isThrownBy(files::check)
                .withMessageMatching("TLS file " + file + ": (is|holds) [^;]+; .+");
    }

    private static void protect(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String openssl(String arguments) throws IOException, InterruptedException {
        Path input =
                Files.writeString(directory.resolve("input"), "QUIT\r\n"); // a pipe may break: not all of them read it
        Process openssl = new ProcessBuilder(("openssl " + arguments).split(" ", -1))
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(openssl.waitFor()).as(output).isZero();
        return output;
    }
}
