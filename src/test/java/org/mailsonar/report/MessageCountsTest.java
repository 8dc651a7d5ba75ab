package org.mailsonar.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.probe.Verification;
import org.mailsonar.reflect.Reflection;

/** Every reason that a reflector knows has its counter from the start. */
class MessageCountsTest {

    private static final ProbeId PROBE = ProbeId.create(TestProbes.SENT, new SecureRandom());
    private static final EmailAddress BACK = EmailAddress.parse("return@monitor.test");

    static Stream<Reflection> reflections() {
        return Stream.of(
                new Reflection.Returned(PROBE, BACK, "250 ok"),
                new Reflection.Unproven(new Verification.Missing()),
                new Reflection.Unproven(new Verification.Malformed("x")),
                new Reflection.Unproven(new Verification.UnknownKey()),
                new Reflection.Unproven(new Verification.Forged()),
                new Reflection.Loop("x"),
                new Reflection.Forbidden(PROBE, BACK),
                new Reflection.Undeliverable(PROBE, "x", true),
                new Reflection.Undeliverable(PROBE, "x", false),
                new Reflection.Postponed(PROBE, "x"),
                new Reflection.Repeated(PROBE, Instant.EPOCH),
                new Reflection.InProgress(PROBE),
                new Reflection.TooMany(PROBE, 1));
    }

    @ParameterizedTest
    @MethodSource("reflections")
    void a_reason_is_known(Reflection reflection) {
        Disposition disposition = reflection.disposition();
        String reason = disposition.detail().reason();
        assertThat(known(disposition.name())).contains(reason);
        if (disposition instanceof Disposition.Unwanted) {
            assertThat(known("discarded"))
                    .as("where strangers' mail is discarded")
                    .contains(reason);
        }
    }

    private static List<String> known(String disposition) {
        return List.of(MessageCounts.KNOWN.getOrDefault(disposition, "").split(" ", -1));
    }
}
