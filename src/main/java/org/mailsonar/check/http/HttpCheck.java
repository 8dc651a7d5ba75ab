package org.mailsonar.check.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.protocol.CheckSettings;
import org.mailsonar.check.protocol.Connector;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.TimeSource;

/** Looks at a web server: one GET, its status and its text; see the package. */
public final class HttpCheck implements Check {

    private static final int MOST_REDIRECTS = 5;
    private static final String CERTIFICATE = "certificate_days";

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
        HttpVisit visit = new HttpVisit(HttpPlace.of(settings), expectation, follows);
        List<CheckResult> results = new ArrayList<>();
        results.add(connector.visit(visit::talk));
        HttpPlace next = visit.redirected();
        while (next != null && results.size() <= MOST_REDIRECTS) {
            visit = new HttpVisit(next, expectation, follows);
            Duration earlier = results.getLast().took();
            results.add(new Connector(next.settings(), time).visit(visit::talk, earlier));
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

    /** The worst that was found, of several alike the last; and what all of them did. */
    private CheckResult whole(List<CheckResult> results, CheckResult last) {
        List<CheckResult.Step> steps = new ArrayList<>();
        StringBuilder transcript = new StringBuilder();
        CheckResult worst = last;
        for (CheckResult result : results) {
            steps.addAll(result.steps());
            transcript.append(result.transcript());
            if (worst.state().worse(result.state()) != worst.state()) {
                worst = result;
            }
        }
        return new CheckResult(
                name(),
                worst.state(),
                worst.equals(last) ? last.reason() : OneLine.printable("at " + worst.name() + ": " + worst.reason()),
                results.getFirst().at(),
                last.took(),
                steps,
                measures(last, worst),
                worst.trouble(),
                worst.tls(),
                transcript.toString());
    }

    /** Those of the last one, and of the worst how long its certificate is good. */
    private static List<Measure> measures(CheckResult last, CheckResult worst) {
        List<Measure> measures = new ArrayList<>(last.measures());
        if (!worst.equals(last)) {
            List<Measure> certificate = worst.measures().stream()
                    .filter(measure -> measure.name().equals(CERTIFICATE))
                    .toList();
            measures.removeIf(measure -> measure.name().equals(CERTIFICATE) && !certificate.isEmpty());
            measures.addAll(certificate);
        }
        return measures;
    }
}
