package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.NeedsExim;
import org.mailsonar.lab.SmtpSink;

/**
 * {@code email_return} in the {@code .forward} file of a real Exim, whose pipe transport has {@code return_output}: there a mail
 * bounces when its program says a word.
 */
@NeedsExim
class EximPipeIT {

    private EximSite site;

    @BeforeEach
    void start() throws IOException {
        site = EximSite.start();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void a_probe_comes_back_stamped_and_is_not_kept() throws IOException {
        SignedProbe probe = site.send(SignedProbe.fresh());

        SmtpSink.Delivery back = site.monitor().next();
        assertThat(back.sender()).isEmpty();
        assertThat(back.recipients()).containsExactly(SignedProbe.RETURN);
        assertThat(back.text())
                .contains("Subject: Mailsonar probe " + probe.id() + " [received 2", "text/rfc822-headers");
        awaitDelivered();
        // The pipe adds no Return-Path: the envelope is in the environment.
        assertThat(site.log().lines())
                .singleElement()
                .asString()
                .contains("] accepted from=<" + probe.sender() + "> to=<webscout@company.test> client=pipe ");
        assertThat(site.exim().mailbox(EximSite.USER)).isEmpty();
        assertNothingElse();
    }

    @Test
    void a_program_that_says_a_word_would_bounce_here() throws IOException {
        site.exim().forward(EximSite.USER, "\"|/bin/echo word\"");
        SignedProbe probe = site.send(SignedProbe.fresh());

        assertThat(site.monitor().next().recipients()).containsExactly(probe.sender());
        assertThat(site.exim().awaitLog(" ** ")).contains("/bin/echo word");
    }

    @Test
    void a_backslash_keeps_the_probe_as_it_came_and_returns_it_too() throws IOException {
        site.forward("\\webscout, \"|%s\"");
        SignedProbe probe = site.send(SignedProbe.fresh());

        assertThat(site.monitor().next().text()).contains("Mailsonar probe " + probe.id() + " [received 2");
        awaitDelivered();
        assertThat(site.exim().mailbox(EximSite.USER))
                .singleElement()
                .asString()
                .endsWith("\n" + probe.text());
        assertNothingElse();
    }

    @Test
    void a_next_hop_that_is_down_keeps_the_probe_in_the_queue_until_it_is_back() throws IOException {
        SmtpSink nextHop = SmtpSink.open();
        site.configure(nextHop.port());
        nextHop.close();
        SignedProbe probe = site.send(SignedProbe.fresh());
        assertThat(site.exim().awaitLog(" defer ")).contains("== |", "returned 75");

        try (SmtpSink again = SmtpSink.open(nextHop.port())) {
            assertThat(again.next().text()).contains("Mailsonar probe " + probe.id() + " [received 2");
            awaitDelivered();
            assertThat(again.waiting()).isZero();
        }
        assertThat(site.log()).contains("] deferred from=<" + probe.sender(), "] accepted from=<" + probe.sender());
        assertNothingElse();
    }

    @Test
    void a_return_refused_for_good_bounces_to_the_probes_own_sender_with_the_cause() throws IOException {
        try (SmtpSink nextHop = SmtpSink.open().answerRecipients("550 5.7.1 returns are not welcome here")) {
            site.configure(nextHop.port());
            SignedProbe probe = site.send(SignedProbe.fresh());

            SmtpSink.Delivery bounce = site.monitor().next();
            assertThat(bounce.sender()).isEmpty();
            assertThat(bounce.recipients()).containsExactly(probe.sender());
            assertThat(bounce.text())
                    .contains("Action: failed\r\n", "probe " + probe.id() + " cannot be returned: ")
                    .contains("550 5.7.1 returns are not welcome here");
        }
    }

    @Test
    void strangers_mail_is_dropped_and_does_not_bounce() throws IOException {
        String[] strangers = {
            "From: someone@example.test\nSubject: hello\n\nhello\n",
            SignedProbe.forged().text(),
            SignedProbe.byStranger().text()
        };
        for (int i = 0; i < strangers.length; i++) {
            site.exim().submit("someone@monitor.test", SignedProbe.TARGET, strangers[i]);
            awaitDelivered();
            assertThat(site.log().lines()).as("the log after message %d", i).hasSize(i + 1);
        }

        assertThat(site.log().lines()).allMatch(line -> line.contains("] unwanted from=<someone@monitor.test>"));
        assertNothingElse();
    }

    private void awaitDelivered() {
        site.exim().awaitLog("=> |");
        site.exim().awaitEmptyQueue();
    }

    /** No bounce, neither on its way nor made. */
    private void assertNothingElse() throws IOException {
        assertThat(site.exim().log()).doesNotContain(" ** ", " P=local");
        assertThat(site.monitor().waiting()).isZero();
    }
}
