package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.host.HostSample;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.verdict.Verdict.State;

/**
 * A day whose figures can be told by hand.
 *
 * <p>{@code company} is probed at the full hour from sydney: 24 probes. Those of 00 to 19 take 1 s, 2 s … 20 s; that of 10 comes twice. That of
 * 20:00 comes back after 90 s, those of 21:00 and 22:00 are lost, that of 23:00 takes 1 s. It was down from 20:00 until 23:00:01.
 * So in time came 21, of them 11 slow (10 s to 20 s): 1 s, 1 s, 2 s, 3 s … 20 s; median (11th of 21) 10 s, 95th (20th) 19 s, 99th (21st) 20 s. Time up
 * 24 h less 3 h 1 s. The week before all 168 took 500 ms.
 *
 * <p>{@code standby} is probed at the full hour as well, from sydney (1 s) and perth (3 s, lost at 05:00), and is in maintenance from 06:00 until
 * 08:00, and inconclusive from 08:00 until 09:00, when perth could not see.
 *
 * <p>In the week before, each day had 10 runs of each path, with 200 ms instead of 800 ms in all over mta1, and one of ten failed over mta2; the path
 * over mta3 has left, and mta9 is a host that has. The measure cpu_user was 20 on the first of these days and 26 on the last, so that all above 32 is
 * outside: the day's hours from 10 on. One of 24 looks a day failed, all others took 20 ms.
 */
final class HandMadeDay {

    static final ZoneId UTC = ZoneId.of("UTC");
    static final ReportDay DAY = new ReportDay(LocalDate.of(2026, 11, 20), UTC);
    static final Instant NOW = Instant.parse("2026-11-21T06:30:00Z");

    private static final Instant BEGIN = DAY.from();

    private HandMadeDay() {}

    static void fill(DayBook book) {
        company(book);
        standby(book);
        book.returned(MonitorSettings.SELF, "sydney", at(3, 0), Duration.ofMillis(4));
        checks(book);
        paths(book);
        for (int day = -7; day < 0; day++) {
            Map<String, Double> values = Map.of("queue_active", 10.0, "cpu_user", 27.0 + day);
            book.add(new HostSample("mta1", at(24 * day, 0), values));
        }
        book.add(new HostSample("mta9", at(-30, 0), Map.of("cpu_user", 1.0)));
        for (int i = 0; i < 48; i++) {
            double queue = i == 21 ? 90 : 10;
            book.add(new HostSample("mta1", at(0, 30 * i), Map.of("queue_active", queue, "cpu_user", 12.5 + i)));
        }
    }

    private static void company(DayBook book) {
        book.target("company");
        for (int hour = -168; hour < 0; hour++) {
            book.returned("company", "sydney", at(hour, 0), Duration.ofMillis(500));
        }
        for (int hour = 0; hour < 20; hour++) {
            ProbeRecord probe = book.returned("company", "sydney", at(hour, 0), Duration.ofSeconds(hour + 1));
            if (hour == 10) {
                book.again(probe);
            }
        }
        book.returned("company", "sydney", at(20, 0), Duration.ofSeconds(90));
        book.ended("company", "sydney", at(21, 0), new Outcome.Lost());
        book.ended("company", "sydney", at(22, 0), new Outcome.Lost());
        book.returned("company", "sydney", at(23, 0), Duration.ofSeconds(1));
        book.change("company", State.FAILING, at(20, 0), at(20, 1), "no return within 1 min");
        book.change("company", State.DOWN, at(20, 0), at(21, 1), "lost twice");
        book.change(
                "company", State.HEALTHY, at(23, 0).plusSeconds(1), at(23, 0).plusSeconds(1), "");
    }

    private static void standby(DayBook book) {
        book.target("standby");
        for (int hour = -24; hour < 24; hour++) {
            book.returned("standby", "sydney", at(hour, 5), Duration.ofSeconds(1));
            if (hour == 5) {
                book.ended("standby", "perth", at(hour, 6), new Outcome.Lost());
            } else if (hour == 8) {
                book.ended("standby", "perth", at(hour, 6), new Outcome.Inconclusive("the inbox was away"));
            } else {
                book.returned("standby", "perth", at(hour, 6), Duration.ofSeconds(3));
            }
        }
        book.change("standby", State.NOT_APPLICABLE, at(6, 0), at(6, 0), "maintenance");
        book.change("standby", State.INCONCLUSIVE, at(8, 0), at(8, 0), "the inbox was away");
        book.change("standby", State.HEALTHY, at(9, 0), at(9, 0), "");
        book.blind("perth", at(8, 0), at(9, 0), "the inbox was away");
    }

    private static void checks(DayBook book) {
        for (int hour = -168; hour < 24; hour++) {
            boolean bad = hour == 4 || hour == 5 || (hour < 0 && hour % 24 == 0);
            book.add(new CheckRecord(
                    "company",
                    "sydney",
                    "smtp://mx1.company.test:25",
                    bad ? CheckResult.State.FAILING : CheckResult.State.GOOD,
                    bad ? "connection refused" : "ready",
                    at(hour, 10),
                    Duration.ofMillis(20),
                    bad ? new Trouble(Trouble.Stage.CONNECT, Trouble.Kind.REFUSED) : null));
        }
    }

    private static void paths(DayBook book) {
        for (int i = 0; i < 70; i++) {
            Instant at = at(24 * (i / 10 - 7), i % 10);
            book.add(run(new Path("store1", "mta1", "mmp1"), at, 100, 150, 200));
            boolean bad = i % 10 == 0;
            book.add(
                    bad
                            ? run(new Path("store1", "mta2", "mmp1"), at, Duration.ofMillis(100), null)
                            : run(new Path("store1", "mta2", "mmp1"), at, 100, 150, 200));
        }
        book.add(run(new Path("store1", "mta3", "mmp1"), at(-40, 0), 100, 150, 200));
        for (int i = 0; i < 10; i++) {
            book.add(run(new Path("store1", "mta1", "mmp1"), at(1, i), 100, 300, 800));
            book.add(run(new Path("store1", "mta2", "mmp1"), at(2, i), i < 4 ? null : Duration.ofMillis(100), null));
        }
    }

    private static PathRun run(Path path, Instant at, long submit, long retrieve, long total) {
        return run(
                path, at, Duration.ofMillis(submit), new Fetch(Duration.ofMillis(retrieve), Duration.ofMillis(total)));
    }

    private record Fetch(Duration retrieve, Duration total) {}

    private static PathRun run(Path path, Instant at, @Nullable Duration submit, @Nullable Fetch fetch) {
        boolean good = fetch != null;
        return new PathRun(
                "site",
                path,
                at,
                submit,
                fetch == null ? null : fetch.retrieve(),
                fetch == null ? null : fetch.total(),
                good ? CheckResult.State.GOOD : CheckResult.State.FAILING,
                good ? "" : "connection refused",
                good ? List.of() : List.of("mta2: refuses SMTP connections"));
    }

    /** A time of the day. */
    static Instant at(int hour, int minute) {
        return BEGIN.plus(Duration.ofHours(hour)).plus(Duration.ofMinutes(minute));
    }
}
