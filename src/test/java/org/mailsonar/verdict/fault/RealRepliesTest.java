package org.mailsonar.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.Leg;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;
import org.mailsonar.site.TestSites;

/** Replies as Postfix and Dovecot gave them when one thing was broken in a real site, and who is blamed for them. */
class RealRepliesTest {

    private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");

    private final Site site = TestSites.of(2, 2, 2, 1);

    @Test
    void an_mta_that_greylists_is_blamed_itself() {
        Suspect first = first(
                path -> path.mta().equals("mta1"),
                Leg.SUBMIT,
                new Trouble(Stage.COMMAND, Kind.DEFERRED),
                "submit: 127.0.0.1:25: 450 4.2.0 <client[127.0.0.1]>: Client host rejected: Greylisted");

        assertThat(first.toString())
                .isEqualTo("mta1 (smtp), likely: puts off what is asked of it ('not now');"
                        + " all 4 paths by mta1 fail, the other 4 work");
    }

    @Test
    void an_mta_that_relays_for_nobody_is_blamed_itself() {
        Suspect first = first(
                path -> path.mta().equals("mta1"),
                Leg.SUBMIT,
                new Trouble(Stage.COMMAND, Kind.DEFERRED),
                "submit: 127.0.0.1:25: 454 4.7.1 <test1@company.test>: Relay access denied");

        assertThat(first.name()).isEqualTo("mta1");
    }

    @Test
    void an_mta_that_cannot_look_up_recipients_is_cut_off_from_the_directory() {
        Suspect first = first(
                path -> path.mta().equals("mta1"),
                Leg.SUBMIT,
                new Trouble(Stage.COMMAND, Kind.DEFERRED),
                "submit: 127.0.0.1:25: 451 4.3.0 <test1@company.test>: Temporary lookup failure");

        assertThat(first.toString())
                .isEqualTo("mta1 to ldap1 (ldap), likely: mta1 seems not to get answers from ldap1, which others do;"
                        + " all 4 paths by mta1 fail, the other 4 work");
    }

    @Test
    void a_proxy_that_cannot_look_up_users_is_cut_off_from_the_directory() {
        Suspect first = first(
                path -> path.proxy().equals("mmp1"),
                Leg.RETRIEVE,
                new Trouble(Stage.LOGIN, Kind.DEFERRED),
                "fetch: mmp1: the login is refused: [UNAVAILABLE] Temporary authentication failure.");

        assertThat(first.name()).isEqualTo("mmp1 to ldap1");
    }

    @Test
    void a_proxy_that_gets_at_no_store_is_blamed_itself() {
        Suspect first = first(
                path -> path.proxy().equals("mmp1"),
                Leg.RETRIEVE,
                new Trouble(Stage.LOGIN, Kind.TIME_OUT),
                "fetch: mmp1: no answer in time (Read timed out)");

        assertThat(first.toString())
                .isEqualTo("mmp1 (imaps), likely: answers, and gets nobody through to his mailbox;"
                        + " all 4 paths by mmp1 fail, the other 4 work");
    }

    @Test
    void a_proxy_that_refuses_one_account_is_named_with_its_store() {
        Suspect first = first(
                path -> path.proxy().equals("mmp1") && path.store().equals("store1"),
                Leg.RETRIEVE,
                new Trouble(Stage.LOGIN, Kind.REJECTED),
                "fetch: mmp1: the login is refused: [AUTHENTICATIONFAILED] Authentication failed.");

        assertThat(first.toString())
                .isEqualTo("mmp1 to store1 (login), likely: mmp1 refuses the login to the account on store1,"
                        + " and lets others in; both paths by mmp1 and store1 fail, the other 6 work");
    }

    private Suspect first(Predicate<Path> bad, Leg leg, Trouble trouble, String words) {
        List<PathRun> runs = new ArrayList<>();
        Duration quick = Duration.ofMillis(100);
        for (Path path : site.paths()) {
            Instant at = START.plusSeconds(runs.size());
            runs.add(
                    bad.test(path)
                            ? new PathRun(
                                    "company",
                                    path,
                                    at,
                                    null,
                                    null,
                                    null,
                                    State.FAILING,
                                    words,
                                    leg,
                                    trouble,
                                    List.of())
                            : new PathRun("company", path, at, quick, quick, quick, State.GOOD, "", List.of()));
        }
        Finding finding = FaultFinder.find(site, runs, List.of());
        assertThat(finding).as(finding.text()).isInstanceOf(Finding.Found.class);
        return finding.suspects().getFirst();
    }
}
