package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.config.ConfigDirectory;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.SiteConfig;
import org.mailsonar.config.SiteReader;
import org.mailsonar.site.Accounts;
import org.mailsonar.site.Aim;
import org.mailsonar.site.DirectedChecks;
import org.mailsonar.site.DirectedResult.Scope;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.PathRun;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;
import org.mailsonar.testing.SmtpScript;
import org.mailsonar.testing.TestClock;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.fault.SiteChecks;
import org.mailsonar.verdict.fault.Suspect;

/** Many rounds of a site's paths, with servers that play a script and a clock that is told the time. */
class SiteRoundsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path temporary;

    private final TestClock clock = new TestClock(NOON);

    @Test
    void a_wrong_password_is_not_tried_often_enough_to_be_shut_out() throws Exception {
        try (ScriptedServer mta = ScriptedServer.start(SmtpScript.offering());
                ScriptedServer store = ScriptedServer.start(SiteRoundsTest::refuse)) {
            SiteConfig config = config(mta.port(), store.port(), "pop3", "1m");
            SiteChecks checks = checks(config);
            for (int minute = 0; minute < 10; minute++) {
                SiteChecks.Round round = round(checks);
                assertThat(checks.standing(round).state()).isEqualTo(CheckResult.State.FAILING);
                clock.pass(MINUTE);
            }
            assertThat(logins(store)).isBetween(1L, 4L);

            store.close(); // as it looks to whom fail2ban shuts out
            clock.pass(MINUTE);
            assertThat(round(checks).finding().suspects())
                    .isNotEmpty()
                    .noneMatch(suspect -> suspect.certainty() == Suspect.Certainty.CERTAIN);
            clock.pass(MINUTE);
            assertThat(round(checks).finding().suspects().getFirst().toString())
                    .startsWith("store1 (pop3), likely: ")
                    .contains("may have shut it out");
            SiteChecks unknowing = checks(config);
            round(unknowing);
            clock.pass(MINUTE);
            assertThat(round(unknowing).finding().suspects().getFirst().toString())
                    .startsWith("store1 (pop3), certain");
        }
    }

    @Test
    void a_monitor_that_was_started_again_remembers_who_refused_it() throws Exception {
        try (ScriptedServer mta = ScriptedServer.start(SmtpScript.offering());
                ScriptedServer store = ScriptedServer.start(SiteRoundsTest::refuse)) {
            SiteConfig config = config(mta.port(), store.port(), "pop3", "5m");
            SiteChecks before = checks(config);
            List<PathRun> kept = round(before).runs();
            clock.pass(MINUTE);

            SiteChecks after = checks(config);
            kept.forEach(after::remember);
            long logins = logins(store);
            SiteChecks.Round round = after.run(config.site().paths(), run -> {});

            assertThat(logins(store)).isEqualTo(logins);
            assertThat(round.runs())
                    .extracting(PathRun::error)
                    .allMatch(error -> error.startsWith("not tried: store1 refused this login 2 times in 10 min"));
            assertThat(after.standing(round).state()).isEqualTo(CheckResult.State.FAILING);
            assertThat(after.bad()).isEmpty();
        }
    }

    @Test
    void what_was_found_more_than_three_cycles_ago_is_forgotten() throws Exception {
        SiteConfig config = config(9, 9, "imap", "5m");
        SiteChecks checks = checks(config);
        checks.remember(new PathRun(
                "company",
                config.site().paths().getFirst(),
                clock.now().wall(),
                null,
                null,
                null,
                CheckResult.State.UNKNOWN,
                "no network",
                List.of()));
        SiteChecks.Round nothing = checks.run(List.of(), run -> {});
        assertThat(checks.standing(nothing).state()).isEqualTo(CheckResult.State.UNKNOWN);

        clock.pass(Duration.ofMinutes(15).plus(config.site().longestRound()).plusSeconds(1));

        assertThat(checks.standing(nothing).state()).isEqualTo(CheckResult.State.GOOD);
    }

    @Test
    void a_mailbox_that_is_in_use_is_looked_at_again() throws Exception {
        AtomicInteger times = new AtomicInteger();
        try (ScriptedServer mta = ScriptedServer.start(SmtpScript.offering());
                ScriptedServer store = ScriptedServer.start(session ->
                        pop3(session, () -> times.getAndIncrement() == 0 ? "[IN-USE] locked" : "[AUTH] no"))) {
            SiteConfig config = config(mta.port(), store.port(), "pop3", "5m");
            SiteChecks checks =
                    Sites.checks(config, PathPlan.of(config.site()), name -> Optional.empty(), TimeSource.system());

            PathRun run = checks.run(List.of(config.site().paths().getFirst()), any -> {})
                    .runs()
                    .getFirst();

            assertThat(run.trouble()).isEqualTo(new Trouble(Trouble.Stage.LOGIN, Trouble.Kind.REJECTED));
        }
    }

    @Test
    void logins_to_one_account_come_one_after_the_other() throws Exception {
        AtomicBoolean isCrowded = new AtomicBoolean();
        Semaphore others = new Semaphore(0);
        AtomicInteger inside = new AtomicInteger();
        try (ScriptedServer store = ScriptedServer.start(session -> pop3(session, () -> {
            isCrowded.compareAndSet(false, inside.incrementAndGet() > 1);
            others.release(inside.get() - 1);
            boolean met = others.tryAcquire(200, TimeUnit.MILLISECONDS);
            inside.decrementAndGet();
            return met ? "[IN-USE] locked" : "[AUTH] no";
        }))) {
            SiteConfig config = config(9, store.port(), "pop3", "5m");
            DirectedChecks checks =
                    new DirectedChecks(config.site(), name -> Optional.empty(), new Accounts(), TimeSource.system());

            assertThat(checks.run(List.of(
                            new Aim(Scope.RETRIEVE, "store1", "store1"), new Aim(Scope.STORE, "store1", "store1"))))
                    .hasSize(2);
            assertThat(isCrowded).isFalse();
            assertThat(logins(store)).isEqualTo(2);
        }
    }

    @Test
    void while_one_monitor_runs_a_site_no_other_does() throws Exception {
        Instant now = Instant.now();
        String database = "jdbc:sqlite:" + temporary.resolve("monitors.db");
        AtomicInteger given = new AtomicInteger();
        try (Store ours = Stores.openStore(database, null);
                Store theirs = Stores.openStore(database, null);
                ScriptedServer mta = ScriptedServer.start(SmtpScript.offering());
                ScriptedServer store = ScriptedServer.start(session -> pop3(session, () -> {
                    given.addAndGet(theirs.duties().claim("site company", "m2", now, now) ? 1 : 0);
                    return "[AUTH] no";
                }))) {
            SiteWatch watch = new SiteWatch(config(mta.port(), store.port(), "pop3", "1m"), "sydney", "m1", ours);

            assertThat(watch.run().state()).isEqualTo(CheckResult.State.FAILING);

            assertThat(logins(store)).isPositive();
            assertThat(given).hasValue(0);
            Instant later = Instant.now();
            assertThat(theirs.duties().claim("site company", "m2", later, later.plusSeconds(60)))
                    .isTrue();
        }
    }

    @Test
    void what_another_monitor_runs_is_left_to_it_until_it_is_done_or_dead() throws Exception {
        Instant now = Instant.now();
        String database = "jdbc:sqlite:" + temporary.resolve("monitors.db");
        try (Store ours = Stores.openStore(database, null);
                ScriptedServer mta = ScriptedServer.start(SmtpScript.offering());
                ScriptedServer store = ScriptedServer.start(SiteRoundsTest::refuse)) {
            SiteWatch watch = new SiteWatch(config(mta.port(), store.port(), "pop3", "1m"), "sydney", "m1", ours);
            ours.duties().claim("site company", "m2", now, now.plusSeconds(600));

            assertThat(watch.isFree()).isFalse();
            assertThat(watch.run().state()).isEqualTo(CheckResult.State.UNKNOWN);
            assertThat(logins(store)).isZero();

            ours.duties().extend("site company", "m2", now);
            assertThat(watch.isFree()).isTrue();
            assertThat(watch.run().state()).isEqualTo(CheckResult.State.FAILING);
        }
    }

    @Test
    void a_brief_round_ends_a_time_out_after_its_first_failure_and_owes_the_rest() throws Exception {
        try (ScriptedServer mta = ScriptedServer.start(SmtpScript.offering())) {
            SiteConfig config = config(mta.port(), 9, "pop3", "5m");
            SiteChecks checks = checks(config);
            List<org.mailsonar.site.Path> all = config.site().paths();
            assertThat(all).hasSize(2);

            SiteChecks.Round brief = checks.runBriefly(
                    all, run -> clock.pass(config.site().timings().timeout()));

            assertThat(brief.runs()).extracting(PathRun::path).containsExactly(all.getFirst());
            assertThat(checks.standing(brief).state()).isEqualTo(CheckResult.State.FAILING);
            assertThat(checks.owed()).containsExactly(all.getLast());

            SiteChecks.Round next = checks.runBriefly(checks.owed(), run -> {});
            assertThat(next.runs()).extracting(PathRun::path).contains(all.getLast());
            assertThat(checks.owed()).isEmpty();
            assertThat(checks.run(all, run -> clock.pass(config.site().timings().timeout()))
                            .runs())
                    .extracting(PathRun::path)
                    .containsExactlyElementsOf(all);
        }
    }

    private SiteChecks.Round round(SiteChecks checks) throws InterruptedException {
        Set<org.mailsonar.site.Path> due = new LinkedHashSet<>(checks.due());
        due.addAll(checks.bad());
        return checks.run(List.copyOf(due), run -> {});
    }

    private SiteChecks checks(SiteConfig config) {
        return Sites.checks(config, PathPlan.of(config.site()), name -> Optional.empty(), clock);
    }

    private SiteConfig config(int mta, int store, String scheme, String every) throws ConfigException {
        return SiteReader.read(
                ConfigDirectory.in(temporary).file("site.yaml", """
                name: company
                key: keys/monitor.key
                from: probe@monitor.test
                mtas: [{name: mta1, url: "smtp://127.0.0.1:%d"}, {name: mta2, url: "smtp://127.0.0.1:%d"}]
                stores:
                  - {name: store1, address: a@x.test, user: a, passwordFile: secrets/password, url: "%s://127.0.0.1:%d"}
                timings: {timeout: 1s, slowAfter: 1s, answer: 2s, every: %s}
                """.formatted(mta, mta, scheme, store, every)));
    }

    private static long logins(ScriptedServer store) {
        return store.lines().stream()
                .filter(line -> line.startsWith("PASS ") || line.contains(" LOGIN "))
                .count();
    }

    private static void refuse(ServerSession session) throws IOException {
        pop3(session, () -> "[AUTH] no");
    }

    /** What comes of a login. */
    private interface Refusal {
        String text() throws InterruptedException;
    }

    private static void pop3(ServerSession session, Refusal refusal) throws IOException {
        session.say("+OK ready\r\n");
        try {
            while (true) {
                String line = session.line();
                if (line.equals("CAPA")) {
                    session.say("+OK\r\nUSER\r\nTOP\r\nUIDL\r\n.\r\n");
                } else if (line.startsWith("PASS")) {
                    session.say("-ERR " + refusal.text() + "\r\n");
                } else {
                    session.say("+OK\r\n");
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
