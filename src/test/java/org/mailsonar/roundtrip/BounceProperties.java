package org.mailsonar.roundtrip;

import org.mailsonar.fuzz.Claim;
import org.mailsonar.message.MailMessage;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.probe.TestProbes;

/** What holds for any bytes that are read as a bounce; part of a fuzz target. */
public final class BounceProperties {

    private static final int LONGEST_CAUSE = 500;

    private BounceProperties() {}

    /** The cause is one line, whatever the report says. */
    public static void check(byte[] raw) {
        MailMessage message = MailMessage.of(raw);
        BounceReport report = BounceReport.read(message);
        String cause = report.cause();
        Claim.oneLine(cause, LONGEST_CAUSE, "a cause is one line");
        Claim.that(cause.chars().allMatch(c -> c < 127), "a cause is ASCII", cause);
        Claim.oneLine(report.recipient(), LONGEST_CAUSE, "a recipient is one line");
        Claim.oneLine(report.host(), LONGEST_CAUSE, "a host is one line");
        Claim.that(!(report.isFailure() && report.isDelay()), "given up or still tried", report.action());
        boolean found = BounceReport.probe(message, TestProbes.verifier(), TestProbes.ARRIVAL)
                .isPresent();
        Claim.that(!found || !ReturnMark.isOn(message), "a return is no bounce");
        Claim.same(report, BounceReport.read(MailMessage.of(raw)), "the same report means the same");
    }
}
