package org.mailsonar.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program reads our keys and tokens, and we read its: the format is what it claims to be. */
class OpensslTest {

    private final Path directory;

    OpensslTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void needs_openssl() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    }

    @Test
    void openssl_verifies_our_tokens_with_our_public_key() throws Exception {
        KeyFiles.generate(directory, "monitor");
        var pair = KeyFiles.readPair(directory.resolve("monitor.key"));
        TokenSigner signer = new TokenSigner(pair.getPrivate(), pair.getPublic());
        String[] token = signer.sign(signer.state(
                        TestProbes.ID, TestProbes.TARGET, TestProbes.RETURN, TestProbes.SENT, TestProbes.VALIDITY))
                .split("\\.", 2);
        Files.write(directory.resolve("payload"), Base64.getUrlDecoder().decode(token[0]));
        Files.write(directory.resolve("sig"), Base64.getUrlDecoder().decode(token[1]));

        assertThat(openssl("pkeyutl -verify -rawin -pubin -inkey monitor.pub -sigfile sig -in payload"))
                .contains("Signature Verified Successfully");
    }

    @Test
    void a_token_signed_by_openssl_with_its_own_key_is_valid() throws Exception {
        openssl("genpkey -algorithm ed25519 -out monitor.key");
        openssl("pkey -in monitor.key -pubout -out monitor.pub");
        Path key = directory.resolve("monitor.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        var pair = KeyFiles.readPair(key);
        assertThat(TrustedKey.of(pair.getPublic())).isEqualTo(KeyFiles.readPublic(directory.resolve("monitor.pub")));
        ProbeToken statement = new TokenSigner(pair.getPrivate(), pair.getPublic())
                .state(TestProbes.ID, TestProbes.TARGET, TestProbes.RETURN, TestProbes.SENT, TestProbes.VALIDITY);
        Files.write(directory.resolve("payload"), statement.payload());
        openssl("pkeyutl -sign -rawin -inkey monitor.key -in payload -out sig");
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String token = encoder.encodeToString(statement.payload()) + "."
                + encoder.encodeToString(Files.readAllBytes(directory.resolve("sig")));
        TrustedKey trusted = TrustedKey.of(pair.getPublic());

        assertThat(new TokenVerifier(List.of(trusted), TestProbes.TARGET::equals, Duration.ZERO)
                        .verify(token, TestProbes.ARRIVAL))
                .isEqualTo(new Verification.Valid(statement, token));
    }

    @Test
    void openssl_reads_our_private_key() throws Exception {
        KeyFiles.generate(directory, "monitor");

        assertThat(openssl("pkey -in monitor.key -pubout"))
                .isEqualTo(Files.readString(directory.resolve("monitor.pub")));
    }

    private String openssl(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("/usr/bin/openssl " + arguments).split(" ", -1))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
