package org.mailsonar.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;
import org.mailsonar.time.UtcText;
import org.mailsonar.verdict.fault.Finding;
import org.mailsonar.verdict.fault.SiteChecks;
import org.mailsonar.verdict.fault.Suspect;

/** Paths for people: a table of runs with the suspects below, and the plan minute by minute. */
final class PathsText {

    private static final int SOME = 10;

    private final Site site;
    private final String names;

    PathsText(Site site) {
        this.site = site;
        this.names = "%-" + width(Path::store, "store") + "s  %-" + width(Path::mta, "MTA") + "s  %-"
                + width(Path::proxy, "proxy") + "s";
    }

    /** The head of the table. */
    String head() {
        return "time      " + named("store", "MTA", "proxy") + "   submit  retrieve     total  result";
    }

    /** A line of the table; times in seconds. */
    String run(PathRun run) {
        String time = UtcText.millis(run.started()).substring(11, 19);
        String result = switch (run.state()) {
            case GOOD -> "good";
            case WARNING -> run.error();
            case FAILING, UNKNOWN -> run.state().text() + ": " + run.error();
        };
        Path path = run.path();
        return time + "  " + named(path.store(), path.mta(), path.proxy()) + "  " + seconds(run.submit(), 7) + "  "
                + seconds(run.retrieve(), 8) + "  " + seconds(run.total(), 8) + "  " + result;
    }

    /** What came of all. */
    List<String> finding(SiteChecks.Round round) {
        List<String> lines = new ArrayList<>();
        if (round.runs().isEmpty()) {
            lines.add("no path is due this minute");
            return lines;
        }
        if (round.runs().stream().noneMatch(PathsText::isBad)) {
            lines.add(site.name() + ": " + round.result().reason());
            return lines;
        }
        Finding finding = round.finding();
        switch (finding) {
            case Finding.AllGood good -> lines.add(good.text());
            case Finding.Found found ->
                lines.add(found.suspects().size() == 1 ? "suspect:" : "suspects, the first most:");
            case Finding.CannotTell cannot -> lines.add(cannot.text());
        }
        for (Suspect suspect : finding.suspects()) {
            lines.add("  " + suspect.name() + " (" + suspect.protocol() + "), "
                    + suspect.certainty().text());
            suspect.reasons().forEach(reason -> lines.add("      " + reason));
        }
        return lines;
    }

    /** What is run when, and what that covers. */
    List<String> plan(PathPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "minute  ") + named("store", "MTA", "proxy"));
        for (PathPlan.Slot slot : plan.slots()) {
            Path path = slot.path();
            lines.add(String.format(Locale.ROOT, "%6d  ", slot.minute())
                    + named(path.store(), path.mta(), path.proxy()).stripTrailing());
        }
        int all = site.paths().size();
        int runs = plan.slots().size();
        lines.add(plan.paths().size() + " of " + all + " paths, " + runs + (runs == 1 ? " run" : " runs")
                + " in a cycle of " + plan.minutes() + " min");
        lines.addAll(cover(plan));
        return lines;
    }

    private List<String> cover(PathPlan plan) {
        Duration cover = plan.coverTime(site);
        if (cover != null) {
            return List.of("each pair of machines at least every " + cover.toMinutes() + " min");
        }
        List<String> lines = new ArrayList<>();
        List<String> missing = plan.missing(site);
        lines.add("never together: " + String.join(", ", missing.subList(0, Math.min(SOME, missing.size())))
                + (missing.size() > SOME ? " and " + (missing.size() - SOME) + " more pairs" : ""));
        return lines;
    }

    private String named(String store, String mta, String proxy) {
        return String.format(Locale.ROOT, names, store, mta, proxy);
    }

    private static String seconds(@Nullable Duration time, int width) {
        String text = time == null ? "-" : OutcomeText.seconds(time);
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private int width(Function<Path, String> name, String head) {
        return Math.max(
                head.length(),
                site.paths().stream()
                        .mapToInt(path -> name.apply(path).length())
                        .max()
                        .orElse(1));
    }

    private static boolean isBad(PathRun run) {
        return run.state() == CheckResult.State.FAILING || run.state() == CheckResult.State.WARNING;
    }
}
