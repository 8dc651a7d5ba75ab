package org.mailsonar.check.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.protocol.CheckSettings;
import org.mailsonar.check.protocol.Connector;
import org.mailsonar.time.TimeSource;

/** Looks at a web server: one GET, its status and its text; see the package. */
public final class HttpCheck implements Check {

    private static final int MOST_REDIRECTS = 5;

    private final CheckSettings settings;
    private final HttpExpectation expectation;
    private final boolean follows;
    private final Connector connector;
    private final TimeSource time;

    private HttpCheck(CheckSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.expectation = HttpExpectation.of(
                settings.url().options().get("status"), settings.url().options().get("text"));
        this.follows = follows(settings.url().options().getOrDefault("redirects", "tell"));
        this.connector = new Connector(settings, time);
    }

    private static boolean follows(String word) {
        if (!word.equals("tell") && !word.equals("follow")) {
            throw new IllegalArgumentException("redirects: it is tell or follow");
        }
        return word.equals("follow");
    }

    /**
     * A check of an http or https URL. A question mark in its path is written %3F.
     *
     * @throws IllegalArgumentException in words for people, when an option makes no sense
     */
    public static Check of(CheckSettings settings, TimeSource time) {
        return new HttpCheck(settings, time);
    }

    @Override
    public String name() {
        return settings.url().toString();
    }

    @Override
    public CheckResult run() throws InterruptedException {
        HttpVisit visit = new HttpVisit(settings, expectation, follows);
        List<CheckResult> results = new ArrayList<>();
        results.add(connector.visit(visit::talk));
        CheckSettings next = visit.redirected();
        while (next != null && results.size() <= MOST_REDIRECTS) {
            visit = new HttpVisit(next, expectation, follows);
            results.add(new Connector(next, time).visit(visit::talk));
            next = visit.redirected();
        }
        return next == null ? whole(results) : whole(results, tooMany(results.getLast()));
    }

    private static CheckResult tooMany(CheckResult last) {
        return new CheckResult(
                last.name(),
                CheckResult.State.FAILING,
                "it redirects more than " + MOST_REDIRECTS + " times: " + last.reason(),
                last.at(),
                last.took(),
                last.steps(),
                last.measures(),
                new Trouble(Trouble.Stage.RESULT, Trouble.Kind.UNEXPECTED),
                last.tls(),
                last.transcript());
    }

    private CheckResult whole(List<CheckResult> results) {
        return results.size() == 1 ? results.getFirst() : whole(results, results.getLast());
    }

    /** What the last one found, and what all of them did. */
    private CheckResult whole(List<CheckResult> results, CheckResult last) {
        List<CheckResult.Step> steps = new ArrayList<>();
        StringBuilder transcript = new StringBuilder();
        Duration took = Duration.ZERO;
        for (CheckResult result : results) {
            steps.addAll(result.steps());
            transcript.append(result.transcript());
            took = took.plus(result.took());
        }
        return new CheckResult(
                name(),
                last.state(),
                last.reason(),
                results.getFirst().at(),
                took,
                steps,
                last.measures(),
                last.trouble(),
                last.tls(),
                transcript.toString());
    }
}
