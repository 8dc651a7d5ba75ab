package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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

    private CheckJson() {}

    /**
     * One line.
     *
     * @param verbose whether what was said is told as well
     */
    static String of(CheckResult result, boolean verbose) {
        return JsonText.object(json -> {
            json.writeStringField("name", result.name());
            json.writeStringField("state", result.state().text());
            json.writeNumberField("status", result.state().status());
            json.writeStringField("reason", result.reason());
            json.writeStringField("at", UtcText.micros(result.at()));
            json.writeNumberField("seconds", seconds(result.took()));
            JsonText.array(json, "steps", result.steps(), CheckJson::step);
            JsonText.array(json, "measures", result.measures(), CheckJson::measure);
            trouble(json, result.trouble());
            tls(json, result.tls());
            if (verbose) {
                json.writeStringField("transcript", result.transcript());
            }
        });
    }

    private static void step(JsonGenerator json, CheckResult.Step step) throws IOException {
        json.writeStringField("name", step.name());
        json.writeNumberField("seconds", seconds(step.took()));
    }

    /** The fields of a measure. */
    static void measure(JsonGenerator json, Measure measure) throws IOException {
        json.writeStringField("name", measure.name());
        number(json, "value", measure.value());
        json.writeStringField("unit", measure.unit());
        number(json, "warnAbove", measure.warnAbove());
        number(json, "failAbove", measure.failAbove());
        number(json, "warnBelow", measure.warnBelow());
        number(json, "failBelow", measure.failBelow());
    }

    /** The field of a trouble; nothing for null. */
    static void trouble(JsonGenerator json, @Nullable Trouble trouble) throws IOException {
        if (trouble != null) {
            json.writeObjectFieldStart("trouble");
            json.writeStringField("stage", trouble.stage().text());
            json.writeStringField("kind", trouble.kind().text());
            json.writeEndObject();
        }
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
        JsonText.texts(json, "names", tls.names());
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
