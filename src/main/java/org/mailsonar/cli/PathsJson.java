package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Trouble;
import org.mailsonar.site.PathRun;
import org.mailsonar.time.UtcText;
import org.mailsonar.verdict.fault.Finding;
import org.mailsonar.verdict.fault.SiteChecks;
import org.mailsonar.verdict.fault.Suspect;

/** Path runs as JSON, each one object on one line, and what was found as the last one. */
final class PathsJson {

    private static final JsonFactory JSON = new JsonFactory();

    private PathsJson() {}

    /** One run. */
    static String of(PathRun run) {
        return written(json -> {
            json.writeStringField("site", run.site());
            json.writeStringField("store", run.path().store());
            json.writeStringField("mta", run.path().mta());
            json.writeStringField("proxy", run.path().proxy());
            json.writeStringField("started", UtcText.micros(run.started()));
            json.writeStringField("state", run.state().text());
            seconds(json, "submitSeconds", run.submit());
            seconds(json, "retrieveSeconds", run.retrieve());
            seconds(json, "totalSeconds", run.total());
            Trouble trouble = run.trouble();
            if (run.leg() != null) {
                json.writeStringField("leg", run.leg().text());
            }
            if (trouble != null) {
                json.writeObjectFieldStart("trouble");
                json.writeStringField("stage", trouble.stage().text());
                json.writeStringField("kind", trouble.kind().text());
                json.writeEndObject();
            }
            json.writeStringField("error", run.error());
        });
    }

    /** What was found. */
    static String of(SiteChecks.Round round) {
        Finding finding = round.finding();
        return written(json -> {
            json.writeStringField(
                    "finding",
                    switch (finding) {
                        case Finding.AllGood good -> "good";
                        case Finding.Found found -> "found";
                        case Finding.CannotTell cannot -> "cannot tell";
                    });
            json.writeStringField("state", round.result().state().text());
            json.writeNumberField("status", round.result().state().status());
            json.writeStringField("text", finding.text());
            json.writeArrayFieldStart("suspects");
            for (Suspect suspect : finding.suspects()) {
                json.writeStartObject();
                strings(json, "machines", suspect.machines());
                json.writeStringField("protocol", suspect.protocol());
                json.writeStringField("certainty", suspect.certainty().text());
                strings(json, "reasons", suspect.reasons());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** What is written between the braces of an object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String written(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void strings(JsonGenerator json, String name, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void seconds(JsonGenerator json, String name, @Nullable Duration time) throws IOException {
        if (time != null) {
            json.writeFieldName(name);
            json.writeNumber(BigDecimal.valueOf(time.toNanos() / 1000, 6));
        }
    }
}
