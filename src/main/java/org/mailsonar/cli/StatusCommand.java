package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.MonitorConfig;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.store.Store;
import org.mailsonar.time.UtcText;

/** Every target's last outcome, from the ledger. */
final class StatusCommand implements Command {

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String usage() {
        return "[--format text|json|nagios] [--config FILE]";
    }

    @Override
    public String summary() {
        return "prints what became of each target's last probe, from the ledger";
    }

    @Override
    public Options options() {
        return new Options().addOption(Command.configOption()).addOption(Command.formatOption());
    }

    @Override
    public int run(CommandLine line, Terminal terminal) throws UsageException, ConfigException {
        Command.noArguments(line);
        ProbeReport format = ProbeReport.named(line.getOptionValue("format", "text"));
        MonitorConfig config = MonitorConfig.load(Command.configFile(line, "monitor.yaml"));
        Map<String, ProbeRecord> newest;
        Map<String, Long> counters;
        try (Store store = Wiring.openStore(config)) {
            newest = store.ledger().newestByTarget();
            counters = store.ledger().counters();
        }
        switch (format) {
            case TEXT -> text(config.targets(), newest, counters, terminal);
            case JSON -> terminal.print(json(config.targets(), newest, counters));
            case NAGIOS -> nagios(config.targets(), newest, terminal);
        }
        return worst(config.targets(), newest);
    }

    private static void text(
            List<Target> targets, Map<String, ProbeRecord> newest, Map<String, Long> counters, Terminal terminal) {
        int width = targets.stream()
                .mapToInt(target -> target.name().length())
                .max()
                .orElse(0);
        for (Target target : targets) {
            ProbeRecord probe = newest.get(target.name());
            String name = target.name() + " ".repeat(width - target.name().length());
            terminal.print(
                    probe == null
                            ? name + "  " + " ".repeat(24) + "  not probed yet"
                            : name + "  " + UtcText.millis(probe.sent()) + "  " + OutcomeText.words(probe));
        }
        counters.forEach((name, count) -> terminal.print("mail that was no return, " + name + ": " + count));
    }

    private static String json(List<Target> targets, Map<String, ProbeRecord> newest, Map<String, Long> counters) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("targets");
            for (Target target : targets) {
                json.writeStartObject();
                ProbeRecord probe = newest.get(target.name());
                if (probe == null) {
                    json.writeStringField("target", target.address().toString());
                    json.writeStringField("name", target.name());
                } else {
                    ProbeReport.writeFields(json, probe);
                }
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

    private static void nagios(List<Target> targets, Map<String, ProbeRecord> newest, Terminal terminal) {
        for (Target target : targets) {
            @Nullable ProbeRecord probe = newest.get(target.name());
            terminal.print(
                    probe == null
                            ? "UNKNOWN - " + target.address() + " not probed yet"
                            : ProbeReport.NAGIOS.of(probe, target));
        }
    }

    /** The worst of all: failing before slow before unknown before good. */
    private static int worst(List<Target> targets, Map<String, ProbeRecord> newest) {
        List<Integer> worstFirst = List.of(ExitStatus.FAILING, ExitStatus.SLOW, ExitStatus.UNKNOWN, ExitStatus.GOOD);
        int worst = worstFirst.size() - 1;
        for (Target target : targets) {
            ProbeRecord probe = newest.get(target.name());
            int status = probe == null ? ExitStatus.UNKNOWN : OutcomeText.status(probe, target);
            worst = Math.min(worst, worstFirst.indexOf(status));
        }
        return worstFirst.get(worst);
    }
}
