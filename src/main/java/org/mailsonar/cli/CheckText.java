package org.mailsonar.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/**
 * Results as lines for people, in columns: state, what was looked at, how long it took, why.
 *
 * @param nameWidth how wide the second column is
 * @param verbose whether the steps, what was measured, the certificate and what was said stand below each line
 */
record CheckText(int nameWidth, boolean verbose) {

    private static final int STATE_WIDTH = 7;
    private static final int TIME_WIDTH = 8;
    private static final String INDENT = " ".repeat(STATE_WIDTH + 2);
    private static final int MOST_NAMES = 8;

    /** One or more lines, without a line end behind the last. */
    String of(CheckResult result) {
        StringBuilder text = new StringBuilder();
        column(text, result.state().text(), STATE_WIDTH);
        column(text, OneLine.printable(result.name()), nameWidth);
        String time = seconds(result.took());
        text.append(" ".repeat(Math.max(0, TIME_WIDTH - time.length()))).append(time);
        text.append("  ").append(OneLine.printable(result.reason()));
        if (verbose) {
            details(text, result);
        }
        return text.toString();
    }

    private static void details(StringBuilder text, CheckResult result) {
        int width = 11;
        for (CheckResult.Step step : result.steps()) {
            width = Math.max(width, step.name().length());
        }
        for (Measure measure : result.measures()) {
            width = Math.max(width, measure.name().length());
        }
        for (CheckResult.Step step : result.steps()) {
            String took = millis(step.took());
            line(text, step.name(), width, " ".repeat(Math.max(0, 10 - took.length())) + took);
        }
        for (Measure measure : result.measures()) {
            if (measure.name().equals("time")) {
                continue; // stands in the first line
            }
            line(
                    text,
                    measure.name(),
                    width,
                    number(measure.value()) + (measure.unit().isEmpty() ? "" : " " + measure.unit()));
        }
        TlsFacts tls = result.tls();
        if (tls != null) {
            line(text, "encryption", width, tls.version() + ", " + tls.cipher());
            line(text, "certificate", width, tls.subject() + names(tls.names()));
            line(text, "valid", width, day(tls.notBefore()) + " to " + day(tls.notAfter()));
            line(
                    text,
                    "issuer",
                    width,
                    tls.issuer() + (tls.chain() == 1 ? "" : ", " + tls.chain() + " certificates sent"));
        }
        result.transcript()
                .lines()
                .forEach(said -> text.append('\n').append(INDENT).append(OneLine.printable(said)));
    }

    private static void line(StringBuilder text, String name, int width, String value) {
        text.append('\n').append(INDENT);
        column(text, OneLine.printable(name), width);
        text.append(OneLine.printable(value));
    }

    private static void column(StringBuilder text, String value, int width) {
        text.append(value).append(" ".repeat(Math.max(0, width - value.length()) + 2));
    }

    private static String names(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        return ", for " + String.join(" ", names.subList(0, Math.min(MOST_NAMES, names.size()))) + more;
    }

    private static String day(Instant instant) {
        return UtcText.millis(instant).substring(0, 10);
    }

    /** Milliseconds as seconds, {@code 0.012 s}. Not by a formatter: loading it takes longer than the check. */
    static String seconds(Duration duration) {
        long millis = (duration.toNanos() + 500_000) / 1_000_000;
        String fraction = Long.toString(1000 + millis % 1000).substring(1);
        return millis / 1000 + "." + fraction + " s";
    }

    /** {@code 0.4 ms}, {@code 12.3 ms}. */
    private static String millis(Duration duration) {
        long tenths = (duration.toNanos() + 50_000) / 100_000;
        return tenths / 10 + "." + tenths % 10 + " ms";
    }

    /** A number with at most six digits behind its point, none that say nothing, and never with an exponent. */
    static String number(double value) {
        if (Math.abs(value) >= 1e9) {
            BigDecimal exact = BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP);
            return exact.stripTrailingZeros().toPlainString();
        }
        long micros = Math.round(Math.abs(value) * 1e6);
        String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
        int end = fraction.length();
        while (end > 0 && fraction.charAt(end - 1) == '0') {
            end--;
        }
        return (value < 0 && micros > 0 ? "-" : "")
                + micros / 1_000_000
                + (end == 0 ? "" : "." + fraction.substring(0, end));
    }
}
