package org.mailsonar.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.message.OneLine;

/**
 * Results as monitoring plugins print them: {@code SMTP OK - smtp://mx: 250 … | time=0.012345s;;;0 connect=0.000345s;;;0}. A name in
 * performance data has letters, digits, {@code _ . - /} and no blank, and is there once.
 */
final class CheckPlugin {

    private CheckPlugin() {}

    /** One line. */
    static String of(CheckResult result) {
        StringBuilder line = new StringBuilder();
        line.append(service(result.name()))
                .append(' ')
                .append(ExitStatus.word(result.state().status()))
                .append(" - ");
        line.append(words(result.name())).append(": ").append(words(result.reason()));
        line.append(" |");
        if (result.measures().stream().noneMatch(measure -> measure.name().equals("time"))) {
            line.append(" time=").append(seconds(result.took())).append("s;;;0");
        }
        measures(line, result.measures());
        steps(result)
                .forEach((name, took) -> line.append(' ')
                        .append(name)
                        .append('=')
                        .append(seconds(took))
                        .append("s;;;0"));
        return line.toString();
    }

    private static void measures(StringBuilder line, List<Measure> measures) {
        for (Measure measure : measures) {
            line.append(' ').append(label(measure.name())).append('=');
            line.append(CheckText.number(measure.value())).append(measure.unit());
            line.append(';').append(range(measure.warnBelow(), measure.warnAbove()));
            line.append(';')
                    .append(range(measure.failBelow(), measure.failAbove()))
                    .append(";0");
        }
    }

    /** A step that was done twice, as EHLO is, took what both took. */
    private static Map<String, Duration> steps(CheckResult result) {
        Map<String, Duration> steps = new LinkedHashMap<>();
        for (CheckResult.Step step : result.steps()) {
            String name = "time_" + label(step.name());
            Duration before = steps.get(name);
            steps.put(name, before == null ? step.took() : before.plus(step.took()));
        }
        return steps;
    }

    /** {@code SMTP} of a URL, {@code HOST} of {@code host mta1}. */
    private static String service(String name) {
        int end = name.indexOf("://");
        int blank = name.indexOf(' ');
        return label(end > 0 ? name.substring(0, end) : blank > 0 ? name.substring(0, blank) : "check")
                .toUpperCase(Locale.ROOT);
    }

    /** What stands behind a bar is taken for performance data. */
    private static String words(String text) {
        return OneLine.printable(text).replace('|', '/');
    }

    private static String label(String name) {
        StringBuilder label = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = Character.toLowerCase(name.charAt(i));
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "_.-/".indexOf(c) >= 0;
            label.append(plain ? c : '_');
        }
        return label.toString();
    }

    /** What is outside of it wants attention: {@code 10}, {@code 3:} or {@code 3:10}. */
    private static String range(@Nullable Double below, @Nullable Double above) {
        return (below == null ? "" : CheckText.number(below) + ":") + (above == null ? "" : CheckText.number(above));
    }

    /** Seconds with six digits behind the point. */
    private static String seconds(Duration duration) {
        long micros = (duration.toNanos() + 500) / 1000;
        return micros / 1_000_000 + "."
                + Long.toString(1_000_000 + micros % 1_000_000).substring(1);
    }
}
