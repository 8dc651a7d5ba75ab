package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Measure;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.check.Trouble;
import org.mailsonar.time.UtcText;

/** Results as JSON, each one object on one line. */
final class CheckJson {

    private static final JsonFactory JSON = new JsonFactory();

    private CheckJson() {}

    /**
     * One line.
     *
     * @param verbose whether what was said is told as well
     */
    static String of(CheckResult result, boolean verbose) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("name", result.name());
            json.writeStringField("state", result.state().text());
            json.writeNumberField("status", result.state().status());
            json.writeStringField("reason", result.reason());
            json.writeStringField("at", UtcText.micros(result.at()));
            json.writeNumberField("seconds", seconds(result.took()));
            steps(json, result);
            measures(json, result);
            Trouble trouble = result.trouble();
            if (trouble != null) {
                json.writeObjectFieldStart("trouble");
                json.writeStringField("stage", trouble.stage().text());
                json.writeStringField("kind", trouble.kind().text());
                json.writeEndObject();
            }
            tls(json, result.tls());
            if (verbose) {
                json.writeStringField("transcript", result.transcript());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void steps(JsonGenerator json, CheckResult result) throws IOException {
        json.writeArrayFieldStart("steps");
        for (CheckResult.Step step : result.steps()) {
            json.writeStartObject();
            json.writeStringField("name", step.name());
            json.writeNumberField("seconds", seconds(step.took()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void measures(JsonGenerator json, CheckResult result) throws IOException {
        json.writeArrayFieldStart("measures");
        for (Measure measure : result.measures()) {
            json.writeStartObject();
            json.writeStringField("name", measure.name());
            number(json, "value", measure.value());
            json.writeStringField("unit", measure.unit());
            number(json, "warnAbove", measure.warnAbove());
            number(json, "failAbove", measure.failAbove());
            number(json, "warnBelow", measure.warnBelow());
            number(json, "failBelow", measure.failBelow());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A number without an exponent; nothing for null. */
    static void number(JsonGenerator json, String name, @Nullable Double value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeNumber(CheckText.number(value));
        }
    }

    private static void tls(JsonGenerator json, @Nullable TlsFacts tls) throws IOException {
        if (tls == null) {
            return;
        }
        json.writeObjectFieldStart("tls");
        json.writeStringField("version", tls.version());
        json.writeStringField("cipher", tls.cipher());
        json.writeStringField("subject", tls.subject());
        json.writeArrayFieldStart("names");
        for (String name : tls.names()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeStringField("issuer", tls.issuer());
        json.writeStringField("notBefore", UtcText.millis(tls.notBefore()));
        json.writeStringField("notAfter", UtcText.millis(tls.notAfter()));
        json.writeNumberField("chain", tls.chain());
        json.writeEndObject();
    }

    private static BigDecimal seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toNanos(), 9).setScale(6, RoundingMode.HALF_UP);
        BigDecimal shortest = seconds.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
