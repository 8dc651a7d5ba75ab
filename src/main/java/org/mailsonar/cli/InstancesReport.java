package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.check.instance.Instance;
import org.mailsonar.check.instance.InstanceState;
import org.mailsonar.check.instance.InstanceSurvey;
import org.mailsonar.message.OneLine;

/** How instances are printed. */
final class InstancesReport {

    private static final List<String> HEADS = List.of("SOURCE", "INSTANCE", "PROTOCOL", "STATE", "WHERE");

    private InstancesReport() {}

    /** In a format, without a line end. */
    static String of(OutputFormat format, InstanceSurvey survey) {
        return switch (format) {
            case TEXT -> text(survey);
            case JSON -> json(survey);
            case NAGIOS -> nagios(survey);
        };
    }

    private static String text(InstanceSurvey survey) {
        List<String> lines = new ArrayList<>();
        if (!survey.instances().isEmpty()) {
            lines.addAll(table(survey.instances()));
        }
        for (InstanceSurvey.Start start : survey.starts()) {
            lines.add("STARTED " + String.join(", ", start.names()) + " by " + start.outcome());
        }
        survey.troubles().forEach(trouble -> lines.add("UNKNOWN " + trouble));
        List<Instance> down = survey.down();
        if (!down.isEmpty()) {
            lines.add("WARNING " + summary(survey));
        } else if (survey.instances().isEmpty() && survey.troubles().isEmpty()) {
            lines.add("UNKNOWN there is no instance");
        }
        return lines.stream()
                .map(OneLine::printable)
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }

    private static List<String> table(List<Instance> instances) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        for (Instance one : instances) {
            rows.add(List.of(
                    one.source(), one.name(), one.protocol().text(), one.state().text(), one.detail()));
        }
        int[] widths = new int[HEADS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line =
                    new StringBuilder(r > 0 && instances.get(r - 1).state() != InstanceState.RUNNING ? "* " : "  ");
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r).get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String summary(InstanceSurvey survey) {
        List<Instance> down = survey.down();
        int all = survey.instances().size();
        return down.size() + " of " + all + (all == 1 ? " instance is" : " instances")
                + (all == 1 ? "" : down.size() == 1 ? " is" : " are")
                + " not running: "
                + String.join(
                        ", ",
                        down.stream()
                                .map(one -> one.name() + " (" + one.protocol().text() + ", "
                                        + one.state().text() + ")")
                                .toList());
    }

    private static String nagios(InstanceSurvey survey) {
        int down = survey.down().size();
        long running = survey.instances().stream()
                .filter(one -> one.state() == InstanceState.RUNNING)
                .count();
        long others = survey.instances().size() - down - running;
        String words = switch (survey.state()) {
            case GOOD ->
                others == 0
                        ? "OK - all " + running + " instances run"
                        : "OK - " + running + " of " + survey.instances().size() + " instances "
                                + (running == 1 ? "runs" : "run") + ", the rest need not";
            case WARNING, FAILING -> "WARNING - " + (down > 0 ? summary(survey) : "all run, after a start");
            case UNKNOWN ->
                "UNKNOWN - "
                        + (survey.troubles().isEmpty() ? "there is no instance" : String.join("; ", survey.troubles()));
        };
        StringBuilder line = new StringBuilder(words);
        survey.starts()
                .forEach(start -> line.append("; started ")
                        .append(String.join(", ", start.names()))
                        .append(" by ")
                        .append(start.outcome()));
        if (down > 0) {
            survey.troubles().forEach(trouble -> line.append("; ").append(trouble));
        }
        return OneLine.printable(line.toString()).replace('|', '/') + " | running=" + running + ";;;0 down=" + down
                + ";0;;0";
    }

    private static String json(InstanceSurvey survey) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("state", survey.state().text());
            json.writeArrayFieldStart("instances");
            for (Instance one : survey.instances()) {
                json.writeStartObject();
                json.writeStringField("source", one.source());
                json.writeStringField("name", one.name());
                json.writeStringField("protocol", one.protocol().text());
                json.writeStringField("state", one.state().text());
                json.writeStringField("detail", one.detail());
                json.writeBooleanField("expected", one.expected());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("started");
            for (InstanceSurvey.Start start : survey.starts()) {
                json.writeStartObject();
                json.writeStringField("source", start.source());
                json.writeArrayFieldStart("names");
                for (String name : start.names()) {
                    json.writeString(name);
                }
                json.writeEndArray();
                json.writeStringField("outcome", start.outcome());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("troubles");
            for (String trouble : survey.troubles()) {
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
