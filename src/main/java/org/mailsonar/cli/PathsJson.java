package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.site.PathRun;
import org.mailsonar.time.UtcText;
import org.mailsonar.verdict.fault.Finding;
import org.mailsonar.verdict.fault.SiteChecks;
import org.mailsonar.verdict.fault.Suspect;

/** Path runs as JSON, each one object on one line, and what was found as the last one. */
final class PathsJson {

    private PathsJson() {}

    /** One run. */
    static String of(PathRun run) {
        return JsonText.object(json -> {
            json.writeStringField("site", run.site());
            json.writeStringField("store", run.path().store());
            json.writeStringField("mta", run.path().mta());
            json.writeStringField("proxy", run.path().proxy());
            json.writeStringField("started", UtcText.micros(run.started()));
            json.writeStringField("state", run.state().text());
            seconds(json, "submitSeconds", run.submit());
            seconds(json, "retrieveSeconds", run.retrieve());
            seconds(json, "totalSeconds", run.total());
            if (run.leg() != null) {
                json.writeStringField("leg", run.leg().text());
            }
            CheckJson.trouble(json, run.trouble());
            json.writeStringField("error", run.error());
        });
    }

    /** What was found. */
    static String of(SiteChecks.Round round) {
        Finding finding = round.finding();
        return JsonText.object(json -> {
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
            JsonText.array(json, "suspects", finding.suspects(), PathsJson::suspect);
        });
    }

    private static void suspect(JsonGenerator json, Suspect suspect) throws IOException {
        JsonText.texts(json, "machines", suspect.machines());
        json.writeStringField("protocol", suspect.protocol());
        json.writeStringField("certainty", suspect.certainty().text());
        JsonText.texts(json, "reasons", suspect.reasons());
    }

    private static void seconds(JsonGenerator json, String name, @Nullable Duration time) throws IOException {
        if (time != null) {
            json.writeFieldName(name);
            json.writeNumber(BigDecimal.valueOf(time.toNanos() / 1000, 6));
        }
    }
}
