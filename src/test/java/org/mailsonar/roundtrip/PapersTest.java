package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.intake.Disposition;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.roundtrip.evidence.Evidence;

/** What the desk keeps beside a probe, and which bounces it finds without the address for bounces. */
class PapersTest {

    private static final String RECEIVED = """
            Received: from mx1.company.test by mail.monitor.test with ESMTPS id 4cB; Sat, 21 Nov 2026 01:02:05 +0000
            Authentication-Results: mail.monitor.test; spf=pass smtp.mailfrom=x
            """;

    private static final String REPORT = """
            Subject: Undelivered
            Content-Type: multipart/report; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.monitor.test

            Final-Recipient: rfc822; webscout@company.test
            Action: ACTION
            Status: 4.2.0
            Diagnostic-Code: smtp; 450 4.2.0 greylisted

            --b
            Content-Type: text/rfc822-headers

            Subject: Mailsonar probe PROBE

            --b--
            """;

    @TempDir
    private Path directory;

    private final List<String> kept = new ArrayList<>();
    private RoundTripLab lab;
    private ProbeId id = TestProbes.ID;

    @BeforeEach
    void sendOne() {
        lab = new RoundTripLab(directory);
        id = lab.send();
        lab.clock.pass(Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void the_first_return_leaves_its_way() {
        desk(false).handle(lab.mail(RECEIVED + lab.returnOfLast(id)));
        assertThat(kept).singleElement().asString().startsWith("WAY {");
        Evidence evidence = Evidence.parse(kept.getFirst().substring(4)).orElseThrow();
        assertThat(evidence.back().hops())
                .singleElement()
                .matches(hop -> hop.queueId().equals("4cB"));
        assertThat(evidence.back().authentication()).hasSize(1);
        assertThat(evidence.legs()).matches(legs -> legs.there().equals(Duration.ofSeconds(2)) && !legs.skewed());

        desk(false).handle(lab.mail(lab.returnOfLast(id)));
        assertThat(kept).as("of a second return nothing").hasSize(1);
    }

    @Test
    void a_return_counts_where_nothing_can_be_kept() {
        desk(true).handle(lab.mail(lab.returnOfLast(id)));
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Returned.class);
        assertThat(lab.ended).hasSize(1);
    }

    @Test
    void a_bounce_to_another_address_finds_its_probe_and_leaves_what_it_tells() {
        Disposition disposition = desk(false).handle(lab.mail(report("failed")));
        assertThat(disposition)
                .isEqualTo(
                        new Disposition.Accepted("probe " + id + " bounced: mail.monitor.test: 450 4.2.0 greylisted"));
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Bounced.class);
        assertThat(kept).containsExactly("""
                BOUNCE action: failed
                recipient: webscout@company.test
                status: 4.2.0
                host: mail.monitor.test
                diagnostic: 450 4.2.0 greylisted
                """);
    }

    @Test
    void a_report_of_a_delay_becomes_a_note_and_the_probe_stays_in_flight() {
        desk(false).handle(lab.mail(report("delayed")));
        assertThat(kept).containsExactly("refused for now: mail.monitor.test: 450 4.2.0 greylisted");
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.InFlight.class);
    }

    @Test
    void what_has_a_sender_is_no_bounce_of_a_probe_that_it_quotes() {
        Disposition disposition = desk(false).handle(lab.mail(report("failed"), TestProbes.TARGET, TestProbes.RETURN));
        assertThat(disposition).isInstanceOf(Disposition.Unwanted.class);
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.InFlight.class);
    }

    private String report(String action) {
        return REPORT.replace("ACTION", action).replace("PROBE", id.toString());
    }

    private ReturnDesk desk(boolean broken) {
        TokenVerifier verifier =
                new TokenVerifier(List.of(TestKeys.trusted("monitor")), address -> true, TokenVerifier.DEFAULT_SKEW);
        MonitorSettings settings = new MonitorSettings(
                "sydney",
                "",
                TestProbes.MONITOR,
                TestProbes.RETURN,
                MonitorSettings.DEFAULT_VALIDITY,
                Set.of("mail.monitor.test"));
        return new ReturnDesk(
                settings, new Targets(lab.targets), verifier, keeping(broken), lab.flights, lab.sight, lab.ended::add);
    }

    /** The lab's ledger, which keeps papers here. */
    private Ledger keeping(boolean broken) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("keep") || method.getName().equals("note")) {
                        if (broken) {
                            throw new LedgerException("the disk is full", null);
                        }
                        kept.add(arguments.length == 3 ? arguments[1] + " " + arguments[2] : "" + arguments[1]);
                        return null;
                    }
                    try {
                        return method.invoke(lab.ledger, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
