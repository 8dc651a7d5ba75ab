package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.time.UtcText;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Verdict;

/**
 * What is known of one target.
 *
 * @param newest its newest probe of all vantages; null where there is none
 * @param situation what is held of it; null where nobody has judged it, since no monitor runs
 */
record StatusLine(
        Target target,
        @Nullable ProbeRecord newest,
        @Nullable Situation situation) {

    /** The verdict in a word or two; empty where there is none. */
    String verdict() {
        return situation == null ? "" : situation.verdict().state().text();
    }

    /** The plugin convention's status: of the verdict, or of the last probe where nobody has judged. */
    int status() {
        if (situation != null) {
            return StatusCommand.status(situation.verdict().state());
        }
        return newest == null ? ExitStatus.UNKNOWN : OutcomeText.status(newest, target);
    }

    /** A line for people, its first two columns so wide. */
    String text(int nameWidth, int verdictWidth) {
        StringBuilder text = new StringBuilder();
        append(text, target.name(), nameWidth);
        if (verdictWidth > 0) {
            append(text, verdict(), verdictWidth);
        }
        append(text, newest == null ? "" : UtcText.millis(newest.sent()), 24);
        text.append(newest == null ? "not probed yet" : OutcomeText.words(newest));
        return text + why(situation);
    }

    static void append(StringBuilder text, String column, int width) {
        text.append(column).append(" ".repeat(width - column.length() + 2));
    }

    /** What else there is to say of one that is not well. */
    static String why(@Nullable Situation situation) {
        if (situation == null || situation.verdict().state() == Verdict.State.HEALTHY) {
            return "";
        }
        Verdict verdict = situation.verdict();
        return "  [since " + UtcText.millis(verdict.since())
                + (verdict.cause().isEmpty() ? "" : ": " + verdict.cause())
                + (situation.votes().isEmpty() ? "" : "; " + situation.votes())
                + (situation.held() == null
                        ? ""
                        : "; flapping, now " + situation.held().state().text())
                + "]";
    }

    /** The line of a monitoring plugin. */
    String nagios() {
        if (newest == null) {
            return ExitStatus.word(status()) + " - " + target.address() + " not probed yet";
        }
        String line = ProbeReport.NAGIOS.of(newest, target);
        return situation == null
                ? line
                : ExitStatus.word(status()) + " - "
                        + situation.verdict().state().text() + ", " + line.substring(line.indexOf(" - ") + 3);
    }

    /** All as one object. */
    static String json(List<StatusLine> lines, List<CheckLine> checks, Map<String, Long> counters) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("targets");
            for (StatusLine line : lines) {
                json.writeStartObject();
                line.write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("checks");
            for (CheckLine line : checks) {
                json.writeStartObject();
                line.write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("noReturn");
            for (Map.Entry<String, Long> counter : counters.entrySet()) {
                json.writeNumberField(counter.getKey(), counter.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void write(JsonGenerator json) throws IOException {
        if (newest == null) {
            json.writeStringField("target", target.address().toString());
            json.writeStringField("name", target.name());
        } else {
            ProbeReport.writeFields(json, newest);
        }
        write(json, situation);
    }

    /** What is held of it, if anything is. */
    static void write(JsonGenerator json, @Nullable Situation situation) throws IOException {
        if (situation != null) {
            Verdict verdict = situation.verdict();
            json.writeStringField("verdict", verdict.state().text());
            json.writeStringField("since", UtcText.micros(verdict.since()));
            json.writeStringField("cause", verdict.cause());
            json.writeStringField("votes", situation.votes());
            json.writeBooleanField("flapping", situation.held() != null);
        }
    }
}
