package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;
import org.mailsonar.verdict.CheckTarget;
import org.mailsonar.verdict.Situation;

/**
 * What is known of something that is checked by a schedule.
 *
 * @param newest its newest result at this vantage; null where there is none
 * @param situation what is held of it; null where nobody has judged it, since no monitor runs
 */
record CheckLine(
        CheckTarget target,
        @Nullable CheckRecord newest,
        @Nullable Situation situation) {

    /** The verdict in a word or two; empty where there is none. */
    String verdict() {
        return situation == null ? "" : situation.verdict().state().text();
    }

    /** The plugin convention's status: of the verdict, or of the last look where nobody has judged. */
    int status() {
        if (situation != null) {
            return StatusCommand.status(situation.verdict().state());
        }
        return newest == null ? ExitStatus.UNKNOWN : newest.state().status();
    }

    /** A line for people, its first two columns so wide. */
    String text(int nameWidth, int verdictWidth) {
        StringBuilder text = new StringBuilder();
        StatusLine.append(text, target.name(), nameWidth);
        if (verdictWidth > 0) {
            StatusLine.append(text, verdict(), verdictWidth);
        }
        StatusLine.append(text, newest == null ? "" : UtcText.millis(newest.at()), 24);
        return text.append(words()).append(StatusLine.why(situation)).toString();
    }

    /** The line of a monitoring plugin. */
    String nagios() {
        String line = ExitStatus.word(status()) + " - "
                + (situation == null ? "" : verdict() + ", ")
                + target.name() + " " + words();
        // What stands behind a bar is taken for performance data.
        line = OneLine.printable(line).replace('|', '/');
        return newest == null
                ? line
                : line
                        + String.format(
                                Locale.ROOT, " | time=%.3fs;;;0", newest.took().toNanos() / 1e9);
    }

    private String words() {
        return newest == null ? "not looked at yet" : newest.state().text() + ": " + newest.reason();
    }

    /** The fields of its object. */
    void write(JsonGenerator json) throws IOException {
        json.writeStringField("name", target.name());
        json.writeStringField("check", target.check().name());
        if (newest != null) {
            json.writeStringField("state", newest.state().text());
            json.writeStringField("reason", newest.reason());
            json.writeStringField("at", UtcText.micros(newest.at()));
            json.writeNumberField("tookSeconds", newest.took().toNanos() / 1e9);
        }
        StatusLine.write(json, situation);
    }
}
