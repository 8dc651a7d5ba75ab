package org.mailsonar.notify;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.UtcText;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

/**
 * What is told: a change of a target's verdict, or that it is still so.
 *
 * @param id what makes it one of its kind; the same when it is told a second time because nobody knows whether the first was taken
 * @param kind what makes it worth telling
 * @param change what it is about
 * @param before what these people were told last of the target; null when that was nothing
 * @param now when it is told
 */
public record Notice(
        String id, Kind kind, Change change, @Nullable Change before, Instant now) {

    /** What makes it worth telling. */
    public enum Kind {
        /** The verdict has changed. */
        CHANGE,
        /** It is still so. */
        REPEAT,
        /** It is still so, and nobody has said that he knows. */
        ESCALATION,
        /** Nothing has happened; somebody tries whether he would be told. */
        TEST;

        static Kind of(Dispatch.Kind kind) {
            return switch (kind) {
                case CHANGE -> CHANGE;
                case REPEAT -> REPEAT;
                case ESCALATION -> ESCALATION;
            };
        }
    }

    /** The fields' names, in the order of {@link #fields}. */
    public static final List<String> FIELDS = List.of(
            "id",
            "kind",
            "target",
            "state",
            "before",
            "severity",
            "problem",
            "since",
            "changed",
            "lastRoundTripSeconds",
            "lastReturn",
            "votes",
            "cause",
            "tags",
            "command",
            "line",
            "text");

    /** A notice that is none, for a person who tries a way. */
    public static Notice test(String way, Instant now) {
        Verdict verdict = new Verdict(
                Verdict.State.HEALTHY, now, "this is a test of the way '" + way + "'", Duration.ofMillis(1400), now);
        Change change = new Change(0, "test", Verdict.State.HEALTHY, verdict, now, "1 of 1, needs 1", false, List.of());
        return new Notice("test/" + way + "/" + now.getEpochSecond(), Kind.TEST, change, null, now);
    }

    /** What is held of the target. */
    public Verdict verdict() {
        return change.verdict();
    }

    /** The target's name. */
    public String target() {
        return change.target();
    }

    /** How urgent it is; null when it is no problem. */
    public @Nullable Severity severity() {
        return Severity.of(verdict().state());
    }

    /** How urgent it was when these people were told last; null when it was no problem. */
    public @Nullable Severity severityBefore() {
        return before == null ? null : Severity.of(before.verdict().state());
    }

    /** The command that shows more. */
    public String command() {
        return "mailsonar history " + Texts.shellWord(target());
    }

    /** One line of printable text. */
    public String line() {
        return Texts.line(this, Integer.MAX_VALUE);
    }

    /** A few lines, each ended by LF. */
    public String text() {
        return Texts.text(this);
    }

    /** All that is known of it, by the names that templates, JSON and the environment of programs use; empty where nothing is. */
    public Map<String, String> fields() {
        Severity severity = severity();
        Duration trip = verdict().lastRoundTrip();
        Instant lastReturn = verdict().lastReturn();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("kind", kind.name().toLowerCase(Locale.ROOT));
        fields.put("target", target());
        fields.put("state", verdict().state().text());
        fields.put("before", (before == null ? change.from() : before.verdict().state()).text());
        fields.put("severity", severity == null ? "none" : severity.text());
        fields.put("problem", Boolean.toString(severity != null));
        fields.put("since", UtcText.millis(verdict().since()));
        fields.put("changed", UtcText.millis(change.at()));
        fields.put("lastRoundTripSeconds", trip == null ? "" : seconds(trip));
        fields.put("lastReturn", lastReturn == null ? "" : UtcText.millis(lastReturn));
        fields.put("votes", change.votes());
        fields.put("cause", verdict().cause());
        fields.put("tags", String.join(",", change.tags()));
        fields.put("command", command());
        fields.put("line", line());
        fields.put("text", text());
        return fields;
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).toPlainString();
    }
}
