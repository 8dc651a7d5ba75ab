package org.mailsonar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.time.UtcText;

/** A probe's result in the three formats in which it is printed. */
enum ProbeReport {
    /** A line for people. */
    TEXT {
        @Override
        String of(ProbeRecord probe, Target target) {
            return OutcomeText.line(probe);
        }
    },
    /** One JSON object on one line. */
    JSON {
        @Override
        String of(ProbeRecord probe, Target target) {
            return json(probe);
        }
    },
    /** The line of a monitoring plugin, with performance data. */
    NAGIOS {
        @Override
        String of(ProbeRecord probe, Target target) {
            return nagios(probe, target);
        }
    };

    /** The result on one line. */
    abstract String of(ProbeRecord probe, Target target);

    /** The format that {@code --format} names. */
    static ProbeReport named(String name) throws Command.UsageException {
        return valueOf(OutputFormat.named(name).name());
    }

    /** The round trip of a probe that came back. */
    static Optional<RoundTrip> roundTrip(ProbeRecord probe) {
        return switch (probe.outcome()) {
            case Outcome.Returned(RoundTrip trip) -> Optional.of(trip);
            case Outcome.Late(RoundTrip trip) -> Optional.of(trip);
            default -> Optional.empty();
        };
    }

    /** Writes the fields of a probe into an object that is open. */
    static void writeFields(JsonGenerator json, ProbeRecord probe) throws IOException {
        json.writeStringField("id", probe.id().text());
        json.writeStringField("target", probe.address().toString());
        json.writeStringField("outcome", probe.outcome().name());
        json.writeStringField("sent", UtcText.micros(probe.sent()));
        Optional<RoundTrip> trip = roundTrip(probe);
        if (trip.isPresent()) {
            json.writeStringField("received", UtcText.micros(trip.get().received()));
            json.writeNumberField("roundTripSeconds", decimal(trip.get().time()));
            json.writeNumberField("resolutionSeconds", decimal(trip.get().resolution()));
            json.writeStringField("clock", trip.get().clock() == RoundTrip.Clock.MONOTONIC ? "monotonic" : "wall");
        }
        Optional<String> reason = OutcomeText.reason(probe);
        if (reason.isPresent()) {
            json.writeStringField("reason", reason.get());
        }
        json.writeStringField("vantage", probe.vantage());
        if (!probe.monitor().isEmpty()) {
            json.writeStringField("monitor", probe.monitor());
        }
        json.writeStringField("name", probe.target());
        if (probe.submission() != null) {
            json.writeStringField("submission", probe.submission());
        }
        json.writeNumberField("duplicates", probe.duplicates());
    }

    private static String json(ProbeRecord probe) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            writeFields(json, probe);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String nagios(ProbeRecord probe, Target target) {
        String words = ExitStatus.word(OutcomeText.status(probe, target)) + " - "
                + OutcomeText.line(probe).replace("  ", " ");
        String thresholds =
                OutcomeText.wholeSeconds(target.slowAfter()) + ";" + OutcomeText.wholeSeconds(target.timeout()) + ";0";
        String value = roundTrip(probe)
                .map(trip -> OutcomeText.seconds(trip.time()) + "s")
                .orElse("U");
        return words.replace("|", "/") + " | rtt=" + value + ";" + thresholds;
    }

    private static BigDecimal decimal(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toNanos(), 9).setScale(6, RoundingMode.HALF_UP);
        BigDecimal shortest = seconds.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
