package org.mailsonar.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.KeyFileException;
import org.mailsonar.probe.KeyFiles;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TokenSigner;

/**
 * Writes what scripts/bench feeds to a reflector: {@code monitor.key} and {@code monitor.pub}, a signed probe of 5 KB in
 * {@code probe.eml} (LF line ends, as a pipe program gets it), and for each pair of ports a configuration.
 */
final class BenchFiles {

    private static final int PROBE_SIZE = 5000;
    private static final EmailAddress MONITOR = EmailAddress.parse("probe@monitor.test");
    private static final EmailAddress TARGET = EmailAddress.parse("webscout@company.test");
    private static final EmailAddress RETURN = EmailAddress.parse("return@monitor.test");

    private BenchFiles() {}

    /** Arguments: directory, listening port, relay's port. */
    public static void main(String[] arguments) throws IOException, KeyFileException {
        Path directory = Path.of(arguments[0]);
        if (Files.notExists(directory.resolve("probe.eml"))) {
            KeyFiles.generate(directory, "monitor");
            Files.writeString(directory.resolve("probe.eml"), probe(directory), StandardCharsets.US_ASCII);
        }
        String name = "reflector-%s-%s.yaml".formatted(arguments[1], arguments[2]);
        Files.writeString(directory.resolve(name), configuration(arguments[1], arguments[2]));
    }

    private static String probe(Path directory) throws KeyFileException {
        KeyPair keys = KeyFiles.readPair(directory.resolve("monitor.key"));
        TokenSigner signer = new TokenSigner(keys.getPrivate(), keys.getPublic());
        Instant now = Instant.now();
        ProbeToken token =
                signer.state(ProbeId.create(now, new SecureRandom()), TARGET, RETURN, now, Duration.ofDays(1));
        byte[] message = ProbeMail.compose(token, signer.sign(token), MONITOR, PROBE_SIZE);
        return new String(message, StandardCharsets.US_ASCII).replace("\r\n", "\n");
    }

    private static String configuration(String listenPort, String relayPort) {
        return """
                address: webscout@company.test
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: smtp://127.0.0.1:%s
                listen:
                  - smtp://127.0.0.1:%s
                limits: {connections: 600, replayWindow: off}
                log: log
                """.formatted(relayPort, listenPort);
    }
}
