package org.mailsonar.roundtrip.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.EximLab;
import org.mailsonar.lab.NeedsExim;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.message.MailMessage;

/** What real servers write on the way. */
@NeedsPostfix
@NeedsExim
class EvidenceIT {

    private static final String PROBE = "From: probe@monitor.test\nSubject: hello\n\ntext\n";
    private static final Duration WHOLE = Duration.ofMinutes(10);

    @Test
    void postfix_tells_each_of_its_hops_there_and_back() throws IOException {
        try (PostfixLab lab =
                PostfixLab.inNewDirectory().user("webscout").user("watcher").start()) {
            lab.submit("probe@monitor.test", "webscout@company.test", PROBE);
            String arrived = lab.awaitMailbox("webscout", 1).getFirst();
            lab.submit("webscout@company.test", "watcher@company.test", returning(arrived));
            String back = lab.awaitMailbox("watcher", 1).getFirst();
            Evidence evidence = read(back);
            assertHops(evidence.there().hops(), arrived);
            assertHops(evidence.back().hops(), back);
            assertThat(Evidence.parse(evidence.toText())).contains(evidence);
        }
    }

    @Test
    void exim_tells_each_of_its_hops_there_and_back() throws IOException {
        try (SmtpSink monitor = SmtpSink.open();
                EximLab lab = EximLab.inNewDirectory()
                        .route("monitor.test", "smtp", monitor.port())
                        .start()) {
            lab.submit("probe@monitor.test", "webscout@monitor.test", PROBE);
            String arrived = monitor.next().text().replace("\r\n", "\n");
            lab.submit("webscout@company.test", "return@monitor.test", returning(arrived));
            String back = monitor.next().text().replace("\r\n", "\n");
            Evidence evidence = read(back);
            assertHops(evidence.there().hops(), arrived);
            assertHops(evidence.back().hops(), back);
        }
    }

    private static Evidence read(String message) {
        return Evidence.read(EvidenceTest.message(message), Instant.now().minus(WHOLE), WHOLE, Set.of());
    }

    private static String returning(String arrived) {
        MailMessage probe = EvidenceTest.message(arrived);
        String header = new String(probe.headerBytes(), StandardCharsets.ISO_8859_1);
        return "Subject: return\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                + "Content-Type: text/rfc822-headers\n\n" + header + "\n--b--\n";
    }

    private static void assertHops(List<Hop> hops, String message) {
        assertThat(hops).as(message).isNotEmpty().allSatisfy(hop -> {
            assertThat(hop.time()).isBetween(Instant.now().minus(WHOLE), Instant.now());
            assertThat(hop.by()).isNotEmpty();
            assertThat(hop.protocol()).isEqualTo("ESMTP");
            assertThat(message).contains("id " + hop.queueId());
            assertThat(hop.queueId()).isNotEmpty();
            assertThat(hop.skew()).isNull();
        });
    }
}
