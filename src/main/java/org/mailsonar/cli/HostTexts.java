package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.host.HostReport;
import org.mailsonar.check.host.Values;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/** The formats in which a look at this machine is printed. */
enum HostTexts {
    /** A table for people. */
    TEXT {
        @Override
        String of(HostReport report) {
            return text(report);
        }
    },
    /** One JSON object on one line. */
    JSON {
        @Override
        String of(HostReport report) {
            return json(report);
        }
    },
    /** What a monitoring plugin prints. */
    NAGIOS {
        @Override
        String of(HostReport report) {
            return nagios(report);
        }
    };

    private static final List<String> PLUGIN = List.of("OK", "WARNING", "CRITICAL", "UNKNOWN");

    abstract String of(HostReport report);

    /** The format that {@code --format} names. */
    static HostTexts named(String name) throws Command.UsageException {
        return switch (name) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "nagios" -> NAGIOS;
            default -> throw new Command.UsageException("--format is text, json or nagios, not '" + name + "'");
        };
    }

    private static String text(HostReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.host() + "  " + UtcText.millis(report.at()) + "  "
                + report.state().text());
        int names = 0;
        int values = 0;
        for (Measure measure : report.measures()) {
            names = Math.max(names, measure.name().length());
            values = Math.max(values, value(measure).length());
        }
        for (Measure measure : report.measures()) {
            boolean good = measure.state() == CheckResult.State.GOOD;
            String value = value(measure);
            String line = (good ? "  " : "* ")
                    + measure.name()
                    + " ".repeat(names - measure.name().length() + 2)
                    + " ".repeat(values - value.length())
                    + value;
            lines.add(good ? line : line + "  " + measure.state().text() + ", " + Values.crossed(measure));
        }
        report.troubles().forEach(trouble -> lines.add("UNKNOWN " + trouble));
        return String.join("\n", lines.stream().map(OneLine::printable).toList());
    }

    private static String value(Measure measure) {
        return Values.text(measure.value(), measure.unit());
    }

    private static String nagios(HostReport report) {
        StringBuilder line = new StringBuilder(PLUGIN.get(report.state().status()))
                .append(" - ")
                .append(OneLine.printable(report.reason()).replace('|', '/'))
                .append(" |");
        for (Measure measure : report.measures()) {
            line.append(" '")
                    .append(measure.name())
                    .append("'=")
                    .append(decimal(measure.value()).toPlainString())
                    .append(measure.unit())
                    .append(';')
                    .append(range(measure.warnBelow(), measure.warnAbove()))
                    .append(';')
                    .append(range(measure.failBelow(), measure.failAbove()));
        }
        return line.toString();
    }

    /** Of the values that are well, as the plugin guidelines write it: {@code 80}, {@code 5:}, {@code 1:2}. */
    private static String range(@Nullable Double below, @Nullable Double above) {
        String least = below == null ? "" : decimal(below).toPlainString() + ":";
        return least + (above == null ? "" : decimal(above).toPlainString());
    }

    private static String json(HostReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("host", report.host());
            json.writeStringField("at", UtcText.millis(report.at()));
            json.writeStringField("state", report.state().text());
            json.writeNumberField("tookSeconds", decimal(report.took().toNanos() / 1e9));
            json.writeArrayFieldStart("measures");
            for (Measure measure : report.measures()) {
                json.writeStartObject();
                json.writeStringField("name", measure.name());
                json.writeNumberField("value", decimal(measure.value()));
                json.writeStringField("unit", measure.unit());
                json.writeStringField("state", measure.state().text());
                bound(json, "warnAbove", measure.warnAbove());
                bound(json, "failAbove", measure.failAbove());
                bound(json, "warnBelow", measure.warnBelow());
                bound(json, "failBelow", measure.failBelow());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("troubles");
            for (String trouble : report.troubles()) {
                json.writeString(trouble);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void bound(JsonGenerator json, String name, @Nullable Double value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, decimal(value));
        }
    }

    private static BigDecimal decimal(double value) {
        BigDecimal shortest =
                BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
