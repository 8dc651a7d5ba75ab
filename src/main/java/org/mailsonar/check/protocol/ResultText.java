package org.mailsonar.check.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Measure;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.message.OneLine;

/** Makes the result of what a run has seen. Thread-safe. */
final class ResultText {

    private static final double NANOS = 1e9;
    private static final double SECONDS_OF_DAY = 86_400;

    private final CheckSettings settings;
    private final Blanks blanks;

    ResultText(CheckSettings settings, Blanks blanks) {
        this.settings = settings;
        this.blanks = blanks;
    }

    /** The conversation ended with trouble. What is worse of it and of what was seen before is told. */
    CheckResult of(Progress progress, CheckTrouble trouble) {
        TlsFacts tls = progress.tls();
        boolean isMinor = trouble.state() == State.WARNING;
        if (isMinor && tls != null && certificate(progress, tls).state() == State.FAILING) {
            return ending(progress, tls);
        }
        return result(progress, trouble.state(), trouble.text(), trouble.trouble());
    }

    /** The conversation came to its end; there may be something about it nevertheless. */
    CheckResult good(Progress progress) {
        CheckTrouble minor = progress.minor();
        TlsFacts tls = progress.tls();
        State certificate =
                tls == null ? State.GOOD : certificate(progress, tls).state();
        if (tls != null && certificate != State.GOOD && (minor == null || certificate == State.FAILING)) {
            return ending(progress, tls);
        }
        if (minor != null) {
            return of(progress, minor);
        }
        Duration slowAfter = settings.limits().slowAfter();
        Duration took = progress.untilWorked();
        if (slowAfter != null && took.compareTo(slowAfter) > 0) {
            String words = "it works, and took " + Words.of(took) + ", more than " + Words.of(slowAfter);
            return result(progress, State.WARNING, words, new Trouble(Stage.RESULT, Kind.SLOW));
        }
        return result(progress, State.GOOD, summary(progress, took), null);
    }

    private CheckResult ending(Progress progress, TlsFacts tls) {
        Measure left = certificate(progress, tls);
        String words = "the certificate ends in " + Words.count((long) Math.floor(left.value()), "day") + ", on "
                + day(tls.notAfter()) + ": renew it";
        return result(progress, left.state(), words, new Trouble(Stage.RESULT, Kind.CERTIFICATE));
    }

    private CheckResult result(Progress progress, State state, String reason, @Nullable Trouble trouble) {
        return new CheckResult(
                settings.url().toString(),
                state,
                // Here all reasons pass. Before anything is cut: a half secret is one as well.
                OneLine.printable(blanks.without(reason)),
                progress.begun().wall(),
                progress.elapsed(),
                progress.steps(),
                measures(progress),
                trouble,
                progress.tls(),
                progress.transcript().toString());
    }

    private List<Measure> measures(Progress progress) {
        List<Measure> measures = new ArrayList<>();
        Duration slowAfter = settings.limits().slowAfter();
        measures.add(new Measure(
                "time",
                progress.untilWorked().toNanos() / NANOS,
                "s",
                slowAfter == null ? null : slowAfter.toNanos() / NANOS,
                null));
        TlsFacts tls = progress.tls();
        if (tls != null) {
            measures.add(certificate(progress, tls));
        }
        measures.addAll(progress.measures());
        return measures;
    }

    /** Where encryption is only tried, a certificate that ends is no failure. */
    private Measure certificate(Progress progress, TlsFacts tls) {
        double days = Duration.between(progress.begun().wall(), tls.notAfter()).toSeconds() / SECONDS_OF_DAY;
        boolean mayFail = settings.tls().security() != Security.IF_OFFERED || progress.isImplicitTls();
        return new Measure(
                "certificate_days",
                Math.floor(days * 10) / 10,
                "",
                null,
                null,
                (double) settings.tls().warnDays(),
                mayFail ? (double) settings.tls().failDays() : null);
    }

    private String summary(Progress progress, Duration took) {
        List<String> parts = new ArrayList<>();
        parts.add(progress.greeting().isEmpty() ? "connected" : OneLine.ascii(blanks.without(progress.greeting())));
        TlsFacts tls = progress.tls();
        if (tls != null) {
            parts.add(tls.version() + ", certificate until " + day(tls.notAfter()));
        }
        for (Measure measure : progress.measures()) {
            parts.add(measure.name().replace('_', ' ') + " " + Words.number(measure.value(), 1) + measure.unit());
        }
        parts.add(Words.of(took));
        return String.join("; ", parts);
    }

    private static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
