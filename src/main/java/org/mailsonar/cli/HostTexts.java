package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.host.HostReport;
import org.mailsonar.check.host.Values;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/** How a look at this machine is printed. */
final class HostTexts {

    private HostTexts() {}

    /** In a format, without a line end. */
    static String of(OutputFormat format, HostReport report) {
        return switch (format) {
            case TEXT -> text(report);
            case JSON -> json(report);
            case NAGIOS -> CheckPlugin.of(report.result("host " + report.host()));
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

    private static String json(HostReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("host", report.host());
            json.writeStringField("at", UtcText.millis(report.at()));
            json.writeStringField("state", report.state().text());
            CheckJson.number(json, "tookSeconds", report.took().toNanos() / 1e9);
            json.writeArrayFieldStart("measures");
            for (Measure measure : report.measures()) {
                json.writeStartObject();
                json.writeStringField("name", measure.name());
                CheckJson.number(json, "value", measure.value());
                json.writeStringField("unit", measure.unit());
                json.writeStringField("state", measure.state().text());
                CheckJson.number(json, "warnAbove", measure.warnAbove());
                CheckJson.number(json, "failAbove", measure.failAbove());
                CheckJson.number(json, "warnBelow", measure.warnBelow());
                CheckJson.number(json, "failBelow", measure.failBelow());
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
}
