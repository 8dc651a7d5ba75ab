package org.mailsonar.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckBook;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;

/** What is said of a target whose own checks were run. */
class DiagnosisTest {

    @Test
    void what_fails_comes_first_and_what_works_is_named() {
        assertThat(Diagnosis.words(List.of(
                        result("smtp://mx1", CheckResult.State.GOOD, ""),
                        result("imap://mx1", CheckResult.State.WARNING, "certificate ends in 3 days"),
                        result("pop3://mx1", CheckResult.State.FAILING, "no greeting within 10 s"))))
                .isEqualTo("pop3://mx1: no greeting within 10 s; imap://mx1: certificate ends in 3 days;"
                        + " smtp://mx1 works");
    }

    @Test
    void the_newest_result_of_each_counts() {
        assertThat(Diagnosis.words(List.of(
                        result("smtp://mx1", CheckResult.State.GOOD, ""),
                        result("smtp://mx1", CheckResult.State.FAILING, "refused"))))
                .isEqualTo("smtp://mx1 works when asked; the mail was lost, or is held up, behind what they look at");
    }

    @Test
    void a_long_list_is_cut_and_counted() {
        List<CheckRecord> many = List.of(
                result("a", CheckResult.State.FAILING, "1"),
                result("b", CheckResult.State.FAILING, "2"),
                result("c", CheckResult.State.FAILING, "3"),
                result("d", CheckResult.State.FAILING, "4"),
                result("e", CheckResult.State.GOOD, ""));
        assertThat(Diagnosis.words(many)).isEqualTo("a: 1; b: 2; c: 3; 1 more do not work; e works");
    }

    @Test
    void a_server_cannot_write_its_own_lines() {
        assertThat(Diagnosis.words(List.of(result("a", CheckResult.State.FAILING, "no\r\nDOWN " + "x".repeat(500)))))
                .doesNotContain("\n", "\r")
                .hasSizeLessThan(410);
    }

    @Test
    void a_cause_that_has_findings_already_does_not_grow() {
        CheckBook book = (CheckBook) Proxy.newProxyInstance(
                CheckBook.class.getClassLoader(),
                new Class<?>[] {CheckBook.class},
                (proxy, method, arguments) -> List.of(result("imap://mx1", CheckResult.State.FAILING, "refused")));
        Diagnosis diagnosis = new Diagnosis("sydney", book);
        Verdict lost = new Verdict(Verdict.State.DOWN, Instant.EPOCH, "nothing came back", null, null);
        Verdict once = diagnosis.added("company", lost, Instant.EPOCH);
        assertThat(once.cause()).isEqualTo("nothing came back; checks: imap://mx1: refused");
        assertThat(diagnosis.added("company", once, Instant.EPOCH)).isEqualTo(once);
    }

    @Test
    void without_results_nothing_is_said() {
        assertThat(Diagnosis.words(List.of())).isEmpty();
    }

    private static CheckRecord result(String name, CheckResult.State state, String reason) {
        return new CheckRecord("company", "sydney", name, state, reason, Instant.EPOCH, Duration.ZERO, null);
    }
}
