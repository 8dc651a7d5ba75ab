package org.mailsonar.probe;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.MailMessage;

/** One probe that every test can start from, and who is who in it. */
public final class TestProbes {

    public static final EmailAddress TARGET = EmailAddress.parse("webscout@company.test");
    public static final EmailAddress RETURN = EmailAddress.parse("return@monitor.test");
    public static final EmailAddress MONITOR = EmailAddress.parse("probe@monitor.test");
    public static final ProbeId ID = new ProbeId("01KAJ2V0N2Q4Q4X8YB7D6S5T3R");
    public static final Instant SENT = Instant.parse("2026-11-21T01:02:03.456789Z");
    public static final Duration VALIDITY = Duration.ofDays(1);

    /** When the probe arrives, by an honest clock. */
    public static final Instant ARRIVAL = SENT.plusMillis(4_321);

    private static final TrustedKey MONITOR_KEY = TestKeys.trusted("monitor");

    private TestProbes() {}

    /** What the probe states. */
    public static ProbeToken statement() {
        return signer("monitor").state(ID, TARGET, RETURN, SENT, VALIDITY);
    }

    /** The same, for other addresses. */
    public static ProbeToken statement(EmailAddress to, EmailAddress returnTo) {
        return signer("monitor").state(ID, to, returnTo, SENT, VALIDITY);
    }

    /** The probe's token, signed by the monitor. */
    public static String token() {
        return sign(statement());
    }

    /** A token signed by the monitor. */
    public static String sign(ProbeToken statement) {
        return signer("monitor").sign(statement);
    }

    /** The probe as the monitor composes it. */
    public static byte[] probe() {
        return probe(statement());
    }

    /** A probe as the monitor composes it. */
    public static byte[] probe(ProbeToken statement) {
        return ProbeMail.compose(statement, sign(statement), MONITOR, 0);
    }

    /** Makes tokens with one of the test keys. */
    public static TokenSigner signer(String keyName) {
        KeyPair pair = TestKeys.pair(keyName);
        return new TokenSigner(pair.getPrivate(), pair.getPublic());
    }

    /** The monitor's public key. */
    public static TrustedKey monitorKey() {
        return MONITOR_KEY;
    }

    /** Trusts the monitor, is probed at {@link #TARGET}, tolerates no skew. */
    public static TokenVerifier verifier() {
        return new TokenVerifier(List.of(monitorKey()), TARGET::equals, Duration.ZERO);
    }

    /** Finds the token in a message that has just arrived. */
    public static Verification find(byte[] message) {
        return TokenFinder.find(MailMessage.of(message), verifier(), ARRIVAL);
    }
}
