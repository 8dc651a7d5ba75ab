package org.mailsonar.endtoend;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.probe.TokenSigner;

/**
 * A probe that was just made with one of the test keys.
 *
 * @param sender its envelope sender, where bounces of it go
 * @param text the message, LF line ends
 */
record SignedProbe(ProbeId id, String sender, String text) {

    static final String TARGET = "webscout@company.test";
    static final String RETURN = "return@monitor.test";
    private static final EmailAddress MONITOR = EmailAddress.parse("probe@monitor.test");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A probe of the monitor to webscout@company.test. */
    static SignedProbe fresh() {
        return by("monitor", 0);
    }

    /** A probe of the monitor to another address. */
    static SignedProbe to(String address) {
        return by("monitor", address, 0);
    }

    /** A probe with padding up to this size. */
    static SignedProbe ofSize(int bytes) {
        return by("monitor", bytes);
    }

    /** A probe signed with a key that no reflector here trusts. */
    static SignedProbe byStranger() {
        return by("stranger", 0);
    }

    /** The monitor's probe after somebody put another return address into it. */
    static SignedProbe forged() {
        SignedProbe honest = fresh();
        // Within the payload, in base64: the signature no longer fits.
        int token = honest.text().indexOf("Mailsonar-Probe:");
        int changed = honest.text().indexOf("\n", token) + 100;
        char other = honest.text().charAt(changed) == 'A' ? 'B' : 'A';
        String header = honest.text().substring(0, changed)
                + other
                + honest.text().substring(changed + 1, honest.text().indexOf("\n\n"));
        return new SignedProbe(honest.id(), honest.sender(), header + "\n\nhello\n");
    }

    private static SignedProbe by(String key, int size) {
        return by(key, TARGET, size);
    }

    private static SignedProbe by(String key, String target, int size) {
        KeyPair pair = TestKeys.pair(key);
        TokenSigner signer = new TokenSigner(pair.getPrivate(), pair.getPublic());
        Instant now = Instant.now();
        ProbeToken token = signer.state(
                ProbeId.create(now, RANDOM),
                EmailAddress.parse(target),
                EmailAddress.parse(RETURN),
                now,
                Duration.ofDays(1));
        byte[] message = ProbeMail.compose(token, signer.sign(token), MONITOR, size);
        return new SignedProbe(
                token.id(),
                ProbeMail.bounceAddress(MONITOR, token.id()).toString(),
                new String(message, StandardCharsets.US_ASCII).replace("\r\n", "\n"));
    }
}
