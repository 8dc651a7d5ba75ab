package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;

/** The report of the day before, sent by whole monitors. */
class ReportedIT {

    private static final String OFTEN = "every: 1s, timeout: 1s, slowAfter: 1s";
    private static final String REPORT = "report: {to: [boss@company.test, chief@company.test], at: '00:00', zone: '"
            + whereItIsNoon() + "', format: text}\n";

    @TempDir
    private Path directory;

    private final List<SmtpSink.Delivery> reports = new ArrayList<>();
    private final List<SmtpSink.Delivery> probes = new ArrayList<>();

    @Test
    void two_monitors_and_their_successor_send_each_reader_one_letter() throws IOException {
        JudgingSite site = JudgingSite.in(directory);
        try (SmtpSink sink = SmtpSink.open()) {
            try (Program one = site.monitor(site.vantage("here", sink.port()), OFTEN, REPORT);
                    Program other = site.monitor(site.vantage("sydney", sink.port()), OFTEN, REPORT)) {
                Poll.until("both letters", () -> reports(sink) >= 2);
                awaitProbes(sink);
                assertThat(one.errors() + other.errors())
                        .containsOnlyOnce("was sent to boss@company.test")
                        .containsOnlyOnce("was sent to chief@company.test");
            }
            try (Program successor = site.monitor(site.vantage("here", sink.port()), OFTEN, REPORT)) {
                awaitProbes(sink);
                assertThat(successor.errors()).doesNotContain("was sent to");
            }
        }
        assertThat(reports)
                .extracting(delivery -> delivery.recipients().getFirst())
                .containsExactlyInAnyOrder("boss@company.test", "chief@company.test");
        assertThat(reports)
                .allSatisfy(delivery ->
                        assertThat(delivery.text()).contains("Subject: Mailsonar 2", "AVAILABILITY", "company"));
    }

    /** A day that ends meanwhile would be another report. */
    private static String whereItIsNoon() {
        int behind = LocalTime.now(ZoneOffset.UTC).getHour() - 12;
        return "Etc/GMT" + (behind < 0 ? "" : "+") + behind;
    }

    /** A monitor that has sent three probes has long looked whether a report is due. */
    private void awaitProbes(SmtpSink sink) {
        int before = probes.size();
        Poll.until("three more probes", () -> {
            reports(sink);
            return probes.size() >= before + 3;
        });
    }

    private int reports(SmtpSink sink) {
        for (SmtpSink.Delivery delivery : sink.takeAll()) {
            boolean isProbe = delivery.recipients().contains("webscout@company.test");
            (isProbe ? probes : reports).add(delivery);
        }
        return reports.size();
    }
}
