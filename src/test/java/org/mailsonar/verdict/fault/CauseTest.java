package org.mailsonar.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;

/** The line that goes into the notification. */
class CauseTest {

    private static final CheckRecord SMTP = result("smtp://mx1", State.GOOD, "250 ok", null);
    private static final CheckRecord HUNG =
            result("imap://mx1", State.FAILING, "no greeting within 10 s", new Trouble(Stage.GREETING, Kind.TIME_OUT));
    private static final CheckRecord REFUSED =
            result("pop3://mx1", State.FAILING, "connection refused", new Trouble(Stage.CONNECT, Kind.REFUSED));

    @Test
    void what_fails_is_told_first_and_then_what_works() {
        assertThat(Cause.of(List.of(SMTP, HUNG))).isEqualTo("imap://mx1: no greeting within 10 s; smtp://mx1 works");
    }

    @Test
    void the_earlier_failure_is_told_first() {
        assertThat(Cause.of(List.of(HUNG, REFUSED)))
                .isEqualTo("pop3://mx1: connection refused; imap://mx1: no greeting within 10 s");
    }

    @Test
    void where_all_works_the_fault_is_behind() {
        assertThat(Cause.of(List.of(SMTP)))
                .isEqualTo("smtp://mx1 works when asked; the mail was lost, or is held up, behind what they look at");
    }

    @Test
    void where_nothing_can_be_reached_it_may_be_the_monitor() {
        Trouble away = new Trouble(Stage.CONNECT, Kind.TIME_OUT);
        assertThat(Cause.of(List.of(
                        result("smtp://mx1", State.FAILING, "no connection within 10 s", away),
                        result("imap://mx2", State.FAILING, "no connection within 10 s", away))))
                .isEqualTo("none of smtp://mx1, imap://mx2 can be reached from here:"
                        + " it may be this monitor's own network, or the site's");
    }

    @Test
    void what_could_not_be_looked_at_says_nothing() {
        CheckRecord unknown = result(
                "imap://mx1", State.UNKNOWN, "secrets/x is missing", new Trouble(Stage.SET_UP, Kind.MISCONFIGURED));
        assertThat(Cause.of(List.of())).isEmpty();
        assertThat(Cause.of(List.of(unknown))).isEqualTo("cannot tell: imap://mx1: secrets/x is missing");
        assertThat(Cause.of(List.of(unknown, HUNG))).isEqualTo("imap://mx1: no greeting within 10 s");
    }

    private static CheckRecord result(String name, State state, String reason, @Nullable Trouble trouble) {
        return new CheckRecord("company", "sydney", name, state, reason, Instant.EPOCH, Duration.ZERO, trouble);
    }
}
